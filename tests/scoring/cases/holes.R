# Makes holes.txt from holes.csv with R 4.2 and its package multilevel 2.7: Rscript holes.R > holes.txt
suppressMessages(library(multilevel))
d<-read.csv("holes.csv",na.strings=c("","dk"),colClasses="character")
q<-sapply(d[,5:49],as.numeric); J<-c(11,7,7,7,4,4,5); e<-cumsum(J); b<-e-J+1
sc<-sapply(1:7,function(s){x<-q[,b[s]:e[s]]; k<-rowSums(!is.na(x)); ifelse(k>=ceiling(J[s]/2),rowMeans(x,na.rm=TRUE),NA)})
out<-list(); f<-function(v) formatC(v,digits=15,format="g")
for(s in 1:7){ x<-q[,b[s]:e[s]]
 a<-rwg.j(x,d$unit,35/12); l<-rwg.j.lindell(x,d$unit,35/12); m<-ad.m(x,d$unit,type="median")
 for(i in seq_len(nrow(a))) cat("agree",s,as.character(a[i,1]),f(a[i,2]),f(l[i,2]),f(m[i,2]),a[i,3],"\n")
 y<-sc[,s]; M<-aov(y~factor(d$unit)); S<-summary(M)[[1]]; n<-sum(!is.na(y)); G<-length(unique(d$unit[!is.na(y)])); k<-n/G
 F<-S[1,4]; FL<-F/qf(.975,G-1,n-G); FU<-F*qf(.975,n-G,G-1)
 cat("icc",s,f(ICC1(M)),f(ICC2(M)),f((FL-1)/(FL+k-1)),f((FU-1)/(FU+k-1)),f(1-1/FL),f(1-1/FU),"\n")
 xx<-na.exclude(x); C<-var(xx); al<-J[s]/(J[s]-1)*(1-sum(diag(C))/sum(C)); n<-nrow(xx)
 cat("alpha",s,n,f(al),f(1-(1-al)*qf(.975,n-1,(n-1)*(J[s]-1))),f(1-(1-al)*qf(.025,n-1,(n-1)*(J[s]-1))),"\n")
}
for(u in c("U1","U5")){ p<-c(); r<-list(); for(s in 1:7){ w<-t.test(sc[d$unit==u&d$round=="2",s],sc[d$unit==u&d$round=="1",s]); r[[s]]<-w; p<-c(p,w$p.value)}
 h<-p.adjust(p,"holm"); for(s in 1:7) cat("change",s,u,f(r[[s]]$statistic),f(r[[s]]$parameter),f(p[s]),f(r[[s]]$conf.int),f(h[s]),"\n")}
