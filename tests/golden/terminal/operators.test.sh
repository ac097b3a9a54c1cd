#### case of the first and of all letters
x='hello World'; echo "${x^}" "${x^^}"; y='HELLO There'; echo "${y,}" "${y,,}"
## status: 0
## STDOUT:
Hello World HELLO WORLD
hELLO There hello there
## END
#### case of chosen letters
x='banana bread'; echo "${x^^a}" "${x^^[bn]}" "${x^b}" "${x^z}"; X=ABCABC; echo "${X,,[AC]}" "${X,B}"
## status: 0
## STDOUT:
bAnAnA breAd BaNaNa Bread Banana bread banana bread
aBcaBc ABCABC
## END
#### case with a variable pattern
p='[aeiou]'; x='education'; echo "${x^^$p}" "${x^$p}"
## status: 0
## STDOUT:
EdUcAtIOn Education
## END
#### toggled case
x='Hello'; echo "${x~}" "${x~~}"
## status: 0
## STDOUT:
hello hELLO
## END
#### case of an array
a=(one two three); echo "${a[@]^}" "${a[*]^^}" "${a[1]^^}"
## status: 0
## STDOUT:
One Two Three ONE TWO THREE TWO
## END
#### case of letters outside ASCII
x='éàü'; echo "${x^^}" "${x^}"
## status: 0
## STDOUT:
ÉÀÜ Éàü
## END
#### case of positional parameters
set -- ab cd; echo "${@^}" "${*^^}"
## status: 0
## STDOUT:
Ab Cd AB CD
## END
#### indirection
a=b; b=c; c=d; echo "${!a}"; x=HOME; HOME=/h; echo "${!x}"
## status: 0
## STDOUT:
c
/h
## END
#### indirection of a positional parameter
set -- x y z; n=2; echo "${!n}" "${!#}"
## status: 0
## STDOUT:
y z
## END
#### indirection of an element
a=(p q r); r='a[1]'; echo "${!r}"; r='a[@]'; echo "${!r}"; printf '<%s>' "${!r}"; echo
## status: 0
## STDOUT:
q
p q r
<p><q><r>
## END
#### indirection with an operator
v=name; name=value; echo "${!v:-none}" "${!v#va}" "${!v^^}" "${#name}"
## status: 0
## STDOUT:
value lue VALUE 5
## END
#### indirection of an unset name with a default
v=unset_name; echo "${!v:-none}" "${!v+set}"
## status: 0
## STDOUT:
none 
## END
#### names by prefix
abc1=1 abc2=2 abd=3; echo ${!abc*} "${!abc@}"; printf '<%s>' "${!abc*}"; printf '<%s>' "${!abc@}"; echo
## status: 0
## STDOUT:
abc1 abc2 abc1 abc2
<abc1 abc2><abc1><abc2>
## END
#### keys of arrays
a=([3]=x [7]=y); echo "${!a[@]}" "${!a[*]}"; declare -A m=([k]=v); echo "${!m[@]}"
## status: 0
## STDOUT:
3 7 3 7
k
## END
#### Q quotes
x="it's"; echo "${x@Q}"; y='a b'; echo ${y@Q}; z=$'tab\there'; echo "${z@Q}"; e=; echo "${e@Q}"
## status: 0
## STDOUT:
'it'\''s'
'a b'
$'tab\there'
''
## END
#### Q of an array
a=('x y' "q'q" ''); echo "${a[@]@Q}"; echo "${a[*]@Q}"
## status: 0
## STDOUT:
'x y' 'q'\''q' ''
'x y' 'q'\''q' ''
## END
#### Q of what is unset
unset u; echo "<${u@Q}>"
## status: 0
## STDOUT:
<>
## END
#### E expands escapes
x='a\tb\n\x41'; echo "${x@E}"
## status: 0
## STDOUT:
a	b
A
## END
#### P expands as a prompt
x='\s-\v \$'; y='a\\b'; echo "${y@P}"
## status: 0
## STDOUT:
a\b
## END
#### A shows the assignment
x='v w'; echo "${x@A}"; declare -i n=5; echo "${n@A}"; declare -r ro=1; echo "${ro@A}"
## status: 0
## STDOUT:
x='v w'
declare -i n='5'
declare -r ro='1'
## END
#### A of arrays
a=(1 'two 2'); echo "${a[@]@A}"; declare -A m=([k]='v v'); echo "${m[@]@A}"
## status: 0
## STDOUT:
declare -a a=([0]="1" [1]="two 2")
declare -A m=([k]="v v" )
## END
#### a shows the attributes
declare -ix n=5; declare -a arr=(1); declare -A map=([a]=b); declare -r ro=x; x=1; echo "${n@a}|${arr@a}|${map@a}|${ro@a}|${x@a}|"
## status: 0
## STDOUT:
ix|a|A|r||
## END
#### U u L
x='Hello World'; echo "${x@U}" "${x@L}"; y=hello; echo "${y@u}"
## status: 0
## STDOUT:
HELLO WORLD hello world
Hello
## END
#### K of arrays
declare -A m=([one]='1 x'); echo "${m[@]@K}"; a=(p 'q q'); echo "${a[@]@K}"
## status: 0
## STDOUT:
one "1 x" 
0 "p" 1 "q q"
## END
#### k of arrays
a=(p 'q q'); printf '<%s>' "${a[@]@k}"; echo
## status: 0
## STDOUT:
<0><p><1><q q>
## END
#### operators of positional parameters
set -- a 'b c'; echo "${@@Q}"; echo "${*@Q}"; echo "${1@Q}"
## status: 0
## STDOUT:
'a' 'b c'
'a' 'b c'
'a'
## END
#### wrong operator
x=1; echo "${x@Z}" 2>&1; echo after $?
## status: 1
## STDOUT:
## END
#### strip shortest and longest
p=/usr/local/lib/file.tar.gz; echo "${p#*/}" "${p##*/}" "${p%.*}" "${p%%.*}"
## status: 0
## STDOUT:
usr/local/lib/file.tar.gz file.tar.gz /usr/local/lib/file.tar /usr/local/lib/file
## END
#### strip of lists
a=(x.c y.c z.h); echo "${a[@]%.c}" "${a[@]#?.}"; set -- 1a 2a; echo "${@%a}" "${*#?}"
## status: 0
## STDOUT:
x y z.h c c h
1 2 a a
## END
#### strip with classes and quotes
x='abc123def'; echo "${x##[a-z]}" "${x%%[[:digit:]]*}" "${x#'abc'}" "${x#"a"*}"; y='*x*'; echo "${y#'*'}" "${y%\*}"
## status: 0
## STDOUT:
bc123def abc 123def bc123def
x* *x
## END
#### strip with extglob
shopt -s extglob
x=aaabbb; echo "${x##+(a)}" "${x%%+(b)}" "${x##!(a)}" "${x#@(a|aa)}" "${x##?(a)}"
## status: 0
## STDOUT:
bbb aaa  aabbb aabbb
## END
#### replace first all begin end
x=abcabc; echo "${x/b/X}" "${x//b/X}" "${x/#a/X}" "${x/%c/X}" "${x/#b/X}" "${x/%b/X}"
## status: 0
## STDOUT:
aXcabc aXcaXc Xbcabc abcabX abcabc abcabc
## END
#### replace with nothing
x=abcabc; echo "${x/b}" "${x//b}" "${x/#abc}" "${x/%bc/}"
## status: 0
## STDOUT:
acabc acac abc abca
## END
#### replace with patterns
x='one two  three'; echo "${x// /_}" "${x//[a-e]/#}" "${x//t*/T}" "${x//+/-}"
## status: 0
## STDOUT:
one_two__three on# two  thr## one T one two  three
## END
#### replacement keeps quotes apart
x=a.b; y='"q"'; echo "${x/./$y}" "${x/./'$'}" "${x/./\/}" "${x/./"\$"}"
## status: 0
## STDOUT:
a"q"b a$b a/b a$b
## END
#### the ampersand of a replacement
x=abc; echo "${x/b/[&]}" "${x/b/[\&]}" "${x/b/'&'}"; p='<&>'; echo "${x/b/$p}" "${x/b/"$p"}"
## status: 0
## STDOUT:
a[b]c a[&]c a&c
a<b>c a<&>c
## END
#### replace in lists
a=(aa ba ca); echo "${a[@]/a/X}" "${a[@]//a/X}" "${a[@]/#/p-}" "${a[@]/%/-s}"
## status: 0
## STDOUT:
Xa bX cX XX bX cX p-aa p-ba p-ca aa-s ba-s ca-s
## END
#### replace an empty pattern
x=abc; echo "${x//}" "${x/#/>}" "${x/%/<}" "${x///y}"
## status: 0
## STDOUT:
abc >abc abc< abc
## END
#### slices
x=0123456789; echo "${x:2}" "${x:2:3}" "${x: -3}" "${x: -3:2}" "${x:2:-3}" "${x:0:0}|" "${x:20}|"
## status: 0
## STDOUT:
23456789 234 789 78 23456 | |
## END
#### slices with expressions
x=abcdef; n=2; echo "${x:n}" "${x:n+1:n}" "${x:$n:1}" "${x:(-2)}" "${x: n - 1 : 1 ? 2 : 3}"
## status: 0
## STDOUT:
cdef de c ef bc
## END
#### slices of lists
set -- a b c d e; echo "${@:2}" "|" "${@:2:2}" "|" "${@: -2}" "|" "${*:1:1}" "|" "${@:0:1}"
## status: 0
## STDOUT:
b c d e | b c | d e | a | bash
## END
#### slices of arrays
a=(a b c d e); echo "${a[@]:1:2}" "${a[@]: -2}" "${a[*]:3}" "${a[@]:9}|"; b=([2]=x [5]=y [9]=z); echo "${b[@]:3}" "${b[@]:5:1}"
## status: 0
## STDOUT:
b c d e d e |
y z y
## END
#### a slice with a wrong length
x=abc; echo "${x:1:-5}" 2>&1; echo after
## status: 1
## STDOUT:
## END
#### length
x=héllo; a=(one three5); set -- q w e; echo ${#x} ${#a} ${#a[1]} ${#a[@]} ${#a[*]} ${#} ${#@} ${#*} ${##}
## status: 0
## STDOUT:
5 3 6 2 2 3 3 3 1
## END
#### defaults
unset u; e=; s=set; echo "${u-a}${u:-b}|${e-c}${e:-d}|${s-e}${s:-f}"
## status: 0
## STDOUT:
ab|d|setset
## END
#### alternatives
unset u; e=; s=set; echo "${u+a}${u:+b}|${e+c}${e:+d}|${s+e}${s:+f}"
## status: 0
## STDOUT:
|c|ef
## END
#### assigned defaults
unset u v; e=; echo "${u=1}${v:=2}${e:=3}"; echo "$u$v$e"
## status: 0
## STDOUT:
123
123
## END
#### an error when unset
bash -c 'echo "${u?not set here}"; echo no' 2>&1; echo $?; bash -c 'e=; echo "${e:?}"; echo no' 2>&1; echo $?; bash -c ': "${1?}"' 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: u: not set here
127
bash: line 1: e: parameter null or not set
127
bash: line 1: 1: parameter not set
127
## END
#### nested defaults
unset a b; c=end; echo "${a:-${b:-${c}}}" "${a:-"x y"}" ${a:-"x y" z}; printf '<%s>' ${a:-"x y" z}; echo
## status: 0
## STDOUT:
end x y x y z
<x y><z>
## END
#### defaults of lists
set --; printf '<%s>' "${@:-none}" "${@-none}" "${*:-n}"; echo; a=(); printf '<%s>' "${a[@]:-none}" "${a[0]:-x}"; echo
## status: 0
## STDOUT:
<none><none><n>
<none><x>
## END
#### a tilde in a default
HOME=/home/u; unset u; echo ${u:-~} "${u:-~}" ${u:-~/x}
## status: 0
## STDOUT:
/home/u ~ /home/u/x
## END
#### operators on special parameters
set -- abc.txt; echo "${1%.txt}" "${1:0:2}" "${#1}"; false; echo "${?}" "${?#1}|"; echo "${-//[^h]/}"
## status: 0
## STDOUT:
abc ab 7
1 |
h
## END
#### set differently quoted
x='a  b'; echo $x "$x" ${x} "${x}" ${x/a  /z}; set -- $x; echo $#
## status: 0
## STDOUT:
a b a  b a b a  b zb
2
## END
#### bad substitutions
for s in '${}' '${x y}' '${1x}' '${x!}' '${#x-y}' '${-x}'; do bash -c "x=1; echo \"$s\"" 2>&1; echo $?; done
## status: 0
## STDOUT:
bash: line 1: ${}: bad substitution
1
bash: line 1: ${x y}: bad substitution
1
bash: line 1: ${1x}: bad substitution
1
bash: line 1: ${x!}: bad substitution
1
bash: line 1: ${#x-y}: bad substitution
1
bash: line 1: ${-x}: bad substitution
1
## END
