#### default values
unset u; e=; x=v; echo "${u-d}" "${u:-d}" "${e-d}" "${e:-d}" "${x-d}" "${x:-d}"
## status: 0
## STDOUT:
d d  d v v
## END
#### assign default
unset u; echo ${u:=val}; echo $u; e=; echo ${e=no} ${e:=yes} $e
## status: 0
## STDOUT:
val
val
yes yes
## END
#### alternative
unset u; e=; x=v; echo "[${u+a}]" "[${u:+a}]" "[${e+a}]" "[${e:+a}]" "[${x+a}]"
## status: 0
## STDOUT:
[] [] [a] [] [a]
## END
#### error if unset ends the shell
echo ${u?is not set}; echo never
## status: 1
## STDOUT:
## END
#### error if unset in a subshell
( echo ${u:?} ); echo status=$?
## status: 0
## STDOUT:
status=1
## END
#### length
x=hello; e=; echo ${#x} ${#e} ${#u}
## status: 0
## STDOUT:
5 0 0
## END
#### length counts characters
x=日本é; echo ${#x}
## status: 0
## STDOUT:
3
## END
#### strip shortest and longest prefix
p=/usr/local/bin; echo ${p#*/} ${p##*/} ${p#nope}
## status: 0
## STDOUT:
usr/local/bin bin /usr/local/bin
## END
#### strip shortest and longest suffix
p=a.tar.gz; echo ${p%.*} ${p%%.*} ${p%nope}
## status: 0
## STDOUT:
a.tar a a.tar.gz
## END
#### quoted pattern in strip is literal
x='*ab'; echo "${x#'*'}" "${x#\*}" "${x#*}"
## status: 0
## STDOUT:
ab ab *ab
## END
#### pattern from a variable
x=abcabc; p='a*'; echo "${x#$p}" "${x##$p}" "[${x##"$p"}]"
## status: 0
## STDOUT:
bcabc  [abcabc]
## END
#### replace first and all
x=banana; echo ${x/a/o} ${x//a/o} ${x/nan/-} ${x//an}
## status: 0
## STDOUT:
bonana bonono ba-a ba
## END
#### replace anchored
x=abcabc; echo ${x/#abc/X} ${x/%abc/Y} ${x/#bc/X} ${x/%ab/Y}
## status: 0
## STDOUT:
Xabc abcY abcabc abcabc
## END
#### replace with a class
x='a1b22c'; echo ${x//[0-9]/_} ${x//[^0-9]}
## status: 0
## STDOUT:
a_b__c 122
## END
#### replace slash
x=a/b/c; echo ${x//\//-} ${x////+}
## status: 0
## STDOUT:
a-b-c a+b+c
## END
#### ampersand in replacement is the match
x=hello; echo ${x/ll/[&]} "${x/ll/"[&]"}" ${x/ll/\&}
## status: 0
## STDOUT:
he[ll]o he[&]o he&o
## END
#### replacement from a variable
x=abc; r='<&>'; echo ${x/b/$r} "${x/b/"$r"}"
## status: 0
## STDOUT:
a<b>c a<&>c
## END
#### slice
x=0123456789; echo ${x:3} ${x:3:2} ${x: -3} ${x: -3:2} ${x:2:-2} "[${x:20}]"
## status: 0
## STDOUT:
3456789 34 789 78 234567 []
## END
#### slice with arithmetic
x=abcdef; i=1; echo ${x:i+1:i*2} ${x:$i:$((i+1))} ${x:(-2)}
## status: 0
## STDOUT:
cd bc ef
## END
#### slice characters
x=日本語です; echo ${x:1:2}
## status: 0
## STDOUT:
本語
## END
#### negative length too far is an error
x=abc; echo ${x:2:-2}; echo after
## status: 1
## STDOUT:
## END
#### case changes
x='hello World'; echo "${x^}" "${x^^}" "${x,}" "${x,,}" "${x~}" "${x~~}"
## status: 0
## STDOUT:
Hello World HELLO WORLD hello World hello world Hello World HELLO wORLD
## END
#### case changes with a pattern
x=banana; echo ${x^^[an]} ${x^b} ${x^[xyz]}
## status: 0
## STDOUT:
bANANA Banana banana
## END
#### indirection
a=b; b=c; echo ${!a} ${!a:-none}; n=nope; echo "${!n-unset}"
## status: 0
## STDOUT:
c c
unset
## END
#### indirection to positional
set -- x y z; i=2; echo ${!i} ${!#}
## status: 0
## STDOUT:
y z
## END
#### indirection to an array element
arr=(p q r); ref='arr[1]'; echo ${!ref}; all='arr[@]'; argv.py "${!all}"
## status: 0
## STDOUT:
q
['p', 'q', 'r']
## END
#### names with a prefix
zz_a=1; zz_b=2; echo ${!zz_*} "${!zz_@}"
## status: 0
## STDOUT:
zz_a zz_b zz_a zz_b
## END
#### quoting transformation
x="it's"; y='a b'; z=$'new\nline'; echo "${x@Q}" "${y@Q}" "${z@Q}" ${u@Q}
## status: 0
## STDOUT:
'it'\''s' 'a b' $'new\nline'
## END
#### upper and lower transformation
x='hello World'; echo "${x@U}" "${x@u}" "${x@L}"
## status: 0
## STDOUT:
HELLO WORLD Hello World hello world
## END
#### escape transformation
x='a\tb\x41'; echo "${x@E}"
## status: 0
## STDOUT:
a	bA
## END
#### attribute transformation
declare -i n=5; declare -r r=1; declare -a arr=(1); declare -A m; echo "${n@a}" "${r@a}" "${arr@a}" "${m@a}"
## status: 0
## STDOUT:
i r a A
## END
#### assignment transformation
x='a b'; declare -i n=5; arr=(1 "2 3"); echo "${x@A}" "${n@A}" "${arr[@]@A}"
## status: 0
## STDOUT:
x='a b' declare -i n='5' declare -a arr=([0]="1" [1]="2 3")
## END
#### transform positional
set -- 'a b' c; echo "${@@Q}"; echo "${*@Q}"
## status: 0
## STDOUT:
'a b' 'c'
'a b' 'c'
## END
#### special parameters
set -- a b c; echo $# "$*" "$@" $1 ${3}; shift; echo $# $1
## status: 0
## STDOUT:
3 a b c a b c a c
2 b
## END
#### more than nine positional
set -- 1 2 3 4 5 6 7 8 9 ten eleven; echo $10 ${10} ${11}
## status: 0
## STDOUT:
10 ten eleven
## END
#### star joins with IFS
set -- a b c; IFS=-; echo "$*"; IFS=; echo "$*"; unset IFS; echo "$*"
## status: 0
## STDOUT:
a-b-c
abc
a b c
## END
#### at keeps words
set -- 'a b' '' c; argv.py "$@"; argv.py $@; argv.py "x$@y"
## status: 0
## STDOUT:
['a b', '', 'c']
['a', 'b', 'c']
['xa b', '', 'cy']
## END
#### at with nothing
set --; argv.py "$@"; argv.py "a$@b"; argv.py "$*" "$@"
## status: 0
## STDOUT:
[]
['ab']
['']
## END
#### slices of positional
set -- a b c d; echo "${@:2}" "|" "${@:2:2}" "|" "${@: -1}" "|" "${*:1:2}"
## status: 0
## STDOUT:
b c d | b c | d | a b
## END
#### operators over positional
set -- foo.c bar.c; echo "${@%.c}" "${@/o/0}" "${@^}"
## status: 0
## STDOUT:
foo bar f0o.c bar.c Foo.c Bar.c
## END
#### unset variable in set -u
set -u; echo ${x-ok}; echo $x; echo never
## status: 1
## STDOUT:
ok
## END
#### nested operators
x=abc; echo ${u:-${x#a}} ${u:-${u2:-${x%c}}}
## status: 0
## STDOUT:
bc ab
## END
#### a default may assign
echo ${a:-${b:=7}} $b
## status: 0
## STDOUT:
7 7
## END
#### bad substitution
echo ${x y}; echo same line
echo next line
## status: 0
## STDOUT:
next line
## END
#### question mark and pipeline status
false; echo $?; true; echo $?
## status: 0
## STDOUT:
1
0
## END
#### dollar underscore
echo a b c; echo $_
## status: 0
## STDOUT:
a b c
c
## END
#### random is seeded
RANDOM=42; a=$RANDOM; RANDOM=42; b=$RANDOM; [ $a = $b ] && echo same
## status: 0
## STDOUT:
same
## END
#### random gives bash's numbers
RANDOM=1; echo $RANDOM $RANDOM $RANDOM
## status: 0
## STDOUT:
16807 10791 19566
## END
#### lineno
echo $LINENO
echo $LINENO
## status: 0
## STDOUT:
1
2
## END
#### default with braces and quotes
echo ${x:-{a,b}} "${x:-}}"
## status: 0
## STDOUT:
{a,b} }
## END
#### colon equals on an array element
a[2]=x; echo ${a[1]:=y}; echo "${a[@]}"
## status: 0
## STDOUT:
y
y x
## END
#### pattern with brackets
x='[abc]def'; echo "${x#\[*\]}" "${x#[[]}"
## status: 0
## STDOUT:
def abc]def
## END
#### length of special parameters
set -- a bb; echo ${#1} ${#2} ${#} ${#@} ${#*}
## status: 0
## STDOUT:
1 2 2 2 2
## END
#### an unknown transformation of a value ends the shell
echo "[${u@Z}]" "[${u@}]"
(v=1; echo ${v@Z}; echo no) 2>&1; echo $?
(set -- 1; echo ${@@z}; echo no) 2>&1; echo $?
echo ${@@A}; set -- $'a\nb' c; echo "${@@A}"
## status: 0
## STDOUT:
[] []
bash: line 2: ${v@Z}: bad substitution
1
bash: line 3: ${@@z}: bad substitution
1

set -- $'a\nb' 'c'
## END
#### slices of associative arrays count from one
declare -A m=([only]=1)
echo "${m[@]:0}" "${m[@]:1}" "${m[@]:2}" "${m[@]: -1}" "${m[@]:1:1}"
## status: 0
## STDOUT:
1 1 1 1
## END
#### names with a prefix are those of set variables
pp1=1; declare pp2; declare -a pp3; pp4=(1)
echo ${!pp*}
## status: 0
## STDOUT:
pp1 pp4
## END
#### a tilde in an anchored pattern is just one
HOME=/h x='~/w' y=/h/w
echo ${x/#~/T} ${y/#~/T} ${y/~/T} ${y#~}
## status: 0
## STDOUT:
T/w /h/w T/w /w
## END
#### the last argument after an assignment
echo a b; x=5; echo "[$_]"
## status: 0
## STDOUT:
a b
[]
## END
