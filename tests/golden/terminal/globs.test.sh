#### star question brackets
cd $TMP; mkdir g; cd g; touch a b ab abc .hid 1 2 '[x]'; echo *; echo ?; echo [ab]*; echo [!ab]; echo [0-9]; echo a?c
## status: 0
## STDOUT:
1 2 [x] a ab abc b
1 2 a b
a ab abc b
1 2
1 2
abc
## END
#### no match stays
cd $TMP; mkdir g; cd g; echo *.none nothing*
## status: 0
## STDOUT:
*.none nothing*
## END
#### nullglob and failglob
cd $TMP; mkdir g; cd g; shopt -s nullglob; echo *.none; argv.py *.none x; shopt -u nullglob; shopt -s failglob; echo *.none; echo $?
## status: 1
## STDOUT:

['x']
## END
#### dotglob
cd $TMP; mkdir g; cd g; touch .a b; echo *; echo .*; shopt -s dotglob; echo *
## status: 0
## STDOUT:
b
.a
.a b
## END
#### directories
cd $TMP; mkdir -p g/d1/e g/d2; cd g; touch d1/f d2/f d1/e/z; echo */f; echo */; echo d*/e/*; echo */*
## status: 0
## STDOUT:
d1/f d2/f
d1/ d2/
d1/e/z
d1/e d1/f d2/f
## END
#### quoted parts do not glob
cd $TMP; mkdir g; cd g; touch a.x 'b*'; echo "*".x *".x" 'b*' b\*
## status: 0
## STDOUT:
*.x a.x b* b*
## END
#### globstar
cd $TMP; mkdir -p g/a/b; cd g; touch x.t a/y.t a/b/z.t; echo **/*.t; shopt -s globstar; echo **/*.t; echo **
## status: 0
## STDOUT:
a/y.t
a/b/z.t a/y.t x.t
a a/b a/b/z.t a/y.t x.t
## END
#### extended globs
cd $TMP; mkdir g; cd g; touch a b c ab abab; shopt -s extglob
echo @(a|b) !(a|b) ?(a)b +(ab) *(ab)c
## status: 0
## STDOUT:
a b ab abab c ab b ab abab c
## END
#### classes
cd $TMP; mkdir g; cd g; touch a B 1 _; echo [[:alpha:]] [[:digit:]] [[:upper:]] [^[:alnum:]]
## status: 0
## STDOUT:
B a 1 B _
## END
#### escaped brackets
cd $TMP; mkdir g; cd g; touch '[' ']' a; echo [[] []] \[
## status: 0
## STDOUT:
[ ] [
## END
#### nocaseglob and nocasematch
cd $TMP; mkdir g; cd g; touch Ab; shopt -s nocaseglob; echo a*; shopt -s nocasematch; case ABC in abc) echo m;; esac
## status: 0
## STDOUT:
Ab
m
## END
#### in an array and loop
cd $TMP; mkdir g; cd g; touch 'a b' c; x=(*); echo ${#x[@]}; for f in *; do echo "<$f>"; done
## status: 0
## STDOUT:
2
<a b>
<c>
## END
#### GLOBIGNORE
cd $TMP; mkdir g; cd g; touch a.o b.c .h; GLOBIGNORE='*.o'; echo *
## status: 0
## STDOUT:
.h b.c
## END
#### pattern from a variable
cd $TMP; mkdir g; cd g; touch x1 x2; p='x*'; echo $p "$p"
## status: 0
## STDOUT:
x1 x2 x*
## END
#### tilde forms
HOME=/hh; echo ~ ~/a "~" '~' a~ ~nosuchuser x=~ a:~; y=~/b:~/c; echo $y
## status: 0
## STDOUT:
/hh /hh/a ~ ~ a~ ~nosuchuser x=/hh a:~
/hh/b:/hh/c
## END
#### tilde plus and minus
cd /tmp; cd /; echo ~+ ~-
## status: 0
## STDOUT:
/ /tmp
## END
#### sorted order
cd $TMP; mkdir g; cd g; touch b a C _ 1; echo *
## status: 0
## STDOUT:
1 C _ a b
## END
#### slash in bracket is no match
cd $TMP; mkdir -p g/a; cd g; touch a/b; echo a[/]b a?b
## status: 0
## STDOUT:
a[/]b a?b
## END
#### extended glob in replace and case
shopt -s extglob
x=aaabbb; echo ${x//+(a)/X} ${x%%+(b)} ${x/@(a|b)/-}; case foo in @(foo|bar)) echo y;; esac
## status: 0
## STDOUT:
Xbbb aaa -aabbb
y
## END
#### GLOBIGNORE shows hidden files until it is unset
mkdir $TMP/ignore; cd $TMP/ignore; touch a.o .d
GLOBIGNORE=; echo *; GLOBIGNORE=x; echo *; shopt dotglob
GLOBIGNORE=; echo *; unset GLOBIGNORE; echo *
## status: 0
## STDOUT:
a.o
.d a.o
dotglob        	on
.d a.o
a.o
## END
#### an invalid byte is of no class
[[ $'\xe9' == [[:alpha:]] ]]; echo $?; [[ é == [[:alpha:]] ]]; echo $?
## status: 0
## STDOUT:
1
0
## END
