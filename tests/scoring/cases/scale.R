# Makes scale.txt from scale.csv and scale_roster.csv with R 4.2, multilevel 2.7 and survey 4.1:
# Rscript scale.R > scale.txt. Two sections of 3 and 4 statements, 1 to 7; two rounds, two roles.
suppressMessages({ library(multilevel); library(survey) })
d <- read.csv("scale.csv", na.strings = c("", "dk"), colClasses = "character")
roster <- read.csv("scale_roster.csv", colClasses = c("character", "character", "numeric"))
q <- sapply(d[, 5:11], as.numeric); first <- c(1, 4, 1); last <- c(3, 7, 7); s0 <- (7^2 - 1) / 12
half <- function(x) ifelse(rowSums(!is.na(x)) >= ceiling(ncol(x) / 2), rowMeans(x, na.rm = TRUE), NA)
scores <- cbind(half(q[, 1:3]), half(q[, 4:7]))
scores <- cbind(scores, (3 * scores[, 1] + 4 * scores[, 2]) / 7)
show <- function(v) ifelse(is.finite(v), trimws(formatC(v, digits = 13, format = "g")), "NA")
say <- function(...) cat(paste(c(...), collapse = "|"), "\n", sep = "")
all <- function(x) c("", unique(x)); names <- c("S1", "S2", "total")
pick <- function(u, r, t) (u == "" | d$unit == u) & (r == "" | d$role == r) & (t == "" | d$round == t)
welch <- function(x, y) {
  x <- x[!is.na(x)]; y <- y[!is.na(y)]
  test <- tryCatch({ h <- t.test(x, y); c(h$statistic, h$parameter, h$p.value, h$conf.int) },
                   error = function(e) rep(NA, 5))
  c(mean(x) - mean(y), test)
}
for (u in all(d$unit)) for (r in all(d$role)) for (t in all(d$round)) {
  w <- pick(u, r, t); if (!any(w)) next
  y <- q[w, , drop = FALSE]; g <- rep("g", sum(w))
  for (i in 1:7) {
    x <- y[, i]; z <- x[!is.na(x)]; some <- length(z) > 0
    say("item", u, r, t, i, length(z), show(c(mean(z), sd(z), var(z), median(z), 100 * mean(z >= 6),
        if (some) rwg(x, g, s0)$rwg else NA, if (some) ad.m(x, g, type = "median")$AD.M else NA)))
  }
  known <- paste(d$unit, d$role)[w] %in% paste(roster$unit, roster$role)
  N <- sum(roster$N[(u == "" | roster$unit == u) & (r == "" | roster$role == r)])
  if (!all.equal(known, rep(TRUE, sum(w))) %in% TRUE) N <- NA
  for (s in 1:3) {
    v <- scores[w, s]; v <- v[!is.na(v)]; n <- length(v)
    x <- y[, first[s]:last[s], drop = FALSE]; full <- na.exclude(as.data.frame(x))
    m <- nrow(full); k <- ncol(x)
    # Sums that are all alike have a variance of 0, of which R's rounding leaves some 1e-16.
    alpha <- if (m > 1 && sum(var(full)) > 1e-9) k / (k - 1) * (1 - sum(diag(var(full))) / sum(var(full))) else NA
    ends <- 1 - (1 - alpha) * qf(c(.975, .025), max(m - 1, 1), max(m - 1, 1) * (k - 1))
    alike <- if (m > 0) c(rwg.j(as.data.frame(x), g, s0)[1, 2], rwg.j.lindell(as.data.frame(x), g, s0)[1, 2],
                          ad.m(as.data.frame(x), g, type = "median")[1, 2]) else rep(NA, 3)
    fpc <- if (is.finite(N) && n > 1 && n <= N) as.numeric(confint(svymean(~v,
        svydesign(ids = ~1, data = data.frame(v = v), fpc = rep(N, n))), df = n - 1)) else c(NA, NA)
    positive <- mean(apply(x, 2, function(c) 100 * mean(c[!is.na(c)] >= 6)))
    say("score", u, r, t, names[s], n, m, show(c(mean(v), sd(v), 100 * (mean(v) - 1) / 6, positive,
        alpha, ends, alike, mean(v) + c(-1, 1) * qt(.975, max(n - 1, 1)) * sd(v) / sqrt(n), fpc, N)))
  }
}
for (r in all(d$role)) for (t in all(d$round)) for (s in 1:3) {
  w <- pick("", r, t); v <- scores[w, s]; g <- factor(d$unit[w][!is.na(v)]); v <- v[!is.na(v)]
  n <- length(v); G <- nlevels(g); M <- aov(v ~ g); MS <- summary(M)[[1]]; F <- MS[1, 3] / MS[2, 3]
  L <- F / qf(.975, G - 1, n - G); H <- F * qf(.975, n - G, G - 1); k <- n / G
  say("icc", r, t, names[s], n, G,
      show(c(ICC1(M), ICC2(M), (L - 1) / (L + k - 1), (H - 1) / (H + k - 1), 1 - 1 / L, 1 - 1 / H)))
}
for (u in all(d$unit)) for (r in all(d$role)) {
  before <- pick(u, r, "1"); after <- pick(u, r, "2"); if (!any(before) || !any(after)) next
  tests <- sapply(1:3, function(s) welch(scores[after, s], scores[before, s]))
  holm <- c(p.adjust(tests[4, 1:2], "holm"), tests[4, 3])
  for (s in 1:3) say("change", u, r, names[s], show(c(tests[, s], holm[s])))
}
role <- unique(d$role)
for (u in all(d$unit)) for (t in all(d$round)) {
  a <- pick(u, role[1], t); b <- pick(u, role[2], t); if (!any(a) || !any(b)) next
  for (s in 1:3) say("gap", u, t, names[s], role[1], role[2], show(welch(scores[a, s], scores[b, s])))
}
