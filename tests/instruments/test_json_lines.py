"""Each object's line, by the way that leads to it."""

from instruments.exchange.json_lines import object_lines


def test_each_object_is_found_on_the_line_where_it_begins() -> None:
    text = """{
 "a": {"deep": [1, {"x": "}"},
   [{}]]},
 "quoted \\" { [": {
  "b": "{[,\\\\", "c": null, "d":

   {"e": -1.5e3}
 }
}"""
    assert object_lines(text) == {
        (): 1,
        ("a",): 2,
        ("a", "deep", 1): 2,
        ("a", "deep", 2, 0): 3,
        ('quoted " { [',): 4,
        ('quoted " { [', "d"): 7,
    }
