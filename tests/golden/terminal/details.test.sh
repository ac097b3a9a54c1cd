#### alias with trailing newline
cd $TMP
shopt -s expand_aliases
alias n='echo a
echo b'
n
## status: 0
## STDOUT:
a
b
## END
#### shift errors
cd $TMP
set -- a b
shift -1; echo $?
shift foo; echo $?
shift 1 2; echo $?
## status: 1
## STDOUT:
1
1
## END
#### local -p and local listing
cd $TMP
f() { local b=1 a='x y'; local; local -p; }; f
## status: 0
## STDOUT:
declare -- a="x y"
declare -- b="1"
declare -- a="x y"
declare -- b="1"
## END
#### local -
cd $TMP
f() { local -; set -u; echo $-; }; f; echo $-
## status: 0
## STDOUT:
huBs
hBs
## END
#### declare -i arithmetic
cd $TMP
declare -i n; n=3+4; echo $n; n+=5; echo $n; n=x; echo $n; n='2 * 3'; echo $n
## status: 0
## STDOUT:
7
12
0
6
## END
#### array with empty elem
cd $TMP
a=(''); argv.py "${a[@]-def}" "${a[@]:-def}" "${a[@]:+x}" "${a[@]+y}"
## status: 0
## STDOUT:
['', 'def', '', 'y']
## END
#### unset a[@]
cd $TMP
a=(1 2); unset 'a[@]'; declare -p a
## status: 0
## STDOUT:
declare -a a=()
## END
#### array literal with operators
cd $TMP
a=(a b &) 
## status: 1
## STDOUT:
## END
#### array element with brace
cd $TMP
a=(x{1,2} [3]=y{a,b}); argv.py "${a[@]}"
## status: 0
## STDOUT:
['x1', 'x2', '[3]=ya', '[3]=yb']
## END
#### array bad assign
cd $TMP
a[=1; echo $?
## status: 2
## STDOUT:
## END
#### trap -l
cd $TMP
trap -l
## status: 0
## STDOUT:
 1) SIGHUP	 2) SIGINT	 3) SIGQUIT	 4) SIGILL	 5) SIGTRAP
 6) SIGABRT	 7) SIGBUS	 8) SIGFPE	 9) SIGKILL	10) SIGUSR1
11) SIGSEGV	12) SIGUSR2	13) SIGPIPE	14) SIGALRM	15) SIGTERM
16) SIGSTKFLT	17) SIGCHLD	18) SIGCONT	19) SIGSTOP	20) SIGTSTP
21) SIGTTIN	22) SIGTTOU	23) SIGURG	24) SIGXCPU	25) SIGXFSZ
26) SIGVTALRM	27) SIGPROF	28) SIGWINCH	29) SIGIO	30) SIGPWR
31) SIGSYS	34) SIGRTMIN	35) SIGRTMIN+1	36) SIGRTMIN+2	37) SIGRTMIN+3
38) SIGRTMIN+4	39) SIGRTMIN+5	40) SIGRTMIN+6	41) SIGRTMIN+7	42) SIGRTMIN+8
43) SIGRTMIN+9	44) SIGRTMIN+10	45) SIGRTMIN+11	46) SIGRTMIN+12	47) SIGRTMIN+13
48) SIGRTMIN+14	49) SIGRTMIN+15	50) SIGRTMAX-14	51) SIGRTMAX-13	52) SIGRTMAX-12
53) SIGRTMAX-11	54) SIGRTMAX-10	55) SIGRTMAX-9	56) SIGRTMAX-8	57) SIGRTMAX-7
58) SIGRTMAX-6	59) SIGRTMAX-5	60) SIGRTMAX-4	61) SIGRTMAX-3	62) SIGRTMAX-2
63) SIGRTMAX-1	64) SIGRTMAX	
## END
#### kill -l
cd $TMP
kill -l; kill -l 9; kill -l KILL; kill -l SIGKILL; kill -l 137; kill -l 0; kill -l nosuch; echo $?; kill -l 999; echo $?
## status: 0
## STDOUT:
 1) SIGHUP	 2) SIGINT	 3) SIGQUIT	 4) SIGILL	 5) SIGTRAP
 6) SIGABRT	 7) SIGBUS	 8) SIGFPE	 9) SIGKILL	10) SIGUSR1
11) SIGSEGV	12) SIGUSR2	13) SIGPIPE	14) SIGALRM	15) SIGTERM
16) SIGSTKFLT	17) SIGCHLD	18) SIGCONT	19) SIGSTOP	20) SIGTSTP
21) SIGTTIN	22) SIGTTOU	23) SIGURG	24) SIGXCPU	25) SIGXFSZ
26) SIGVTALRM	27) SIGPROF	28) SIGWINCH	29) SIGIO	30) SIGPWR
31) SIGSYS	34) SIGRTMIN	35) SIGRTMIN+1	36) SIGRTMIN+2	37) SIGRTMIN+3
38) SIGRTMIN+4	39) SIGRTMIN+5	40) SIGRTMIN+6	41) SIGRTMIN+7	42) SIGRTMIN+8
43) SIGRTMIN+9	44) SIGRTMIN+10	45) SIGRTMIN+11	46) SIGRTMIN+12	47) SIGRTMIN+13
48) SIGRTMIN+14	49) SIGRTMIN+15	50) SIGRTMAX-14	51) SIGRTMAX-13	52) SIGRTMAX-12
53) SIGRTMAX-11	54) SIGRTMAX-10	55) SIGRTMAX-9	56) SIGRTMAX-8	57) SIGRTMAX-7
58) SIGRTMAX-6	59) SIGRTMAX-5	60) SIGRTMAX-4	61) SIGRTMAX-3	62) SIGRTMAX-2
63) SIGRTMAX-1	64) SIGRTMAX	
KILL
9
9
KILL
EXIT
1
1
## END
#### kill errors
cd $TMP
kill; echo $?; kill -NOSUCH 1; echo $?; kill abc; echo $?; kill 99999; echo $?; kill -s; echo $?; kill %5; echo $?; kill -n 0 $$; echo $?; kill -0 $$; echo $?
## status: 0
## STDOUT:
2
1
1
1
1
1
0
0
## END
#### trap ERR with set -e
cd $TMP
set -e
trap 'echo err' ERR
trap 'echo exit $?' EXIT
false
echo no
## status: 1
## STDOUT:
err
exit 1
## END
#### trap DEBUG
cd $TMP
trap 'echo "D $LINENO $BASH_COMMAND"' DEBUG
x=1
echo hi
for i in 1 2; do :; done
if true; then echo y; fi
case a in a) echo c;; esac
f() { echo inf; }
f
[[ a == a ]]
(( 1 ))
trap - DEBUG
echo done
## status: 0
## STDOUT:
D 3 x=1
D 4 echo hi
hi
D 5 for i in 1 2
D 5 :
D 5 for i in 1 2
D 5 :
D 6 true
D 6 echo y
y
D 7 case a in 
D 7 echo c
c
D 9 f
inf
D 10 [[ a == a ]]
D 11 (( 1 ))
D 12 trap - DEBUG
done
## END
#### trap DEBUG pipeline
cd $TMP
trap 'echo "D $BASH_COMMAND" >&2' DEBUG
echo a | cat | cat
## status: 0
## STDOUT:
a
## END
#### trap debug and BASH_COMMAND
cd $TMP
trap 'echo "[$BASH_COMMAND]"' ERR
false
test 1 = 2
(( 0 ))
## status: 1
## STDOUT:
[false]
[test 1 = 2]
[(( 0 ))]
## END
#### umask errors
cd $TMP
umask 999; echo $?; umask -z; echo $?; umask u=q; echo $?
## status: 0
## STDOUT:
1
2
1
## END
#### wait -n
cd $TMP
(sleep 0.1; exit 3) & (exit 4) & wait -n; echo $?; wait -n; echo $?; wait -n; echo $?
## status: 0
## STDOUT:
4
3
127
## END
#### test -t -v -R -o
cd $TMP
test -t 0; echo $?; test -t 99; echo $?; test -t abc; echo $?; x=1; test -v x; echo $?; test -v y; echo $?; declare -n r=x; test -R r; echo $?; test -R x; echo $?; set -o nounset; test -o nounset; echo $?; test -o nosuch; echo $?
## status: 0
## STDOUT:
1
1
1
0
1
0
1
0
1
## END
#### prompt home
cd $TMP
cd; x='\w \W'; echo "${x@P}"; mkdir -p a/b/c/d; cd a/b/c/d; echo "${x@P}"; PROMPT_DIRTRIM=2; echo "${x@P}"; cd /; echo "${x@P}"
## status: 0
## STDOUT:
~ ~
~/a/b/c/d d
~/a/b/c/d d
/ /
## END
#### prompt expansions
cd $TMP
y=val; x='$y $(echo sub) `echo bt` $((1+2))'; echo "${x@P}"; shopt -u promptvars; echo "${x@P}"
## status: 0
## STDOUT:
val sub bt 3
$y $(echo sub) `echo bt` $((1+2))
## END
#### redirect named fd
cd $TMP
exec {fd}> f; echo hi >&$fd; echo $fd; exec {fd}>&-; cat f; exec {in}< f; read x <&$in; echo $x; exec {in}<&-; echo x >&$fd; echo $?
## status: 0
## STDOUT:
10
hi
hi
1
## END
#### dup nonnumber
cd $TMP
echo x >&foo; cat foo; echo y 2>&foo2; echo $?; echo z >&"$nosuch"; echo $?; n=1; echo w >&$n
## status: 0
## STDOUT:
x
1
1
w
## END
#### var op nested quotes
cd $TMP
argv.py ${u:-a b} "${u:-a b}" ${u:-"a b"} "${u:-"a b"}" ${u:-'a b'} "${u:-'a b'}" ${u:-a\ b} "${u:-a\ b}" ${u:-$'x\ty'} "${u:-$'x\ty'}"
## status: 0
## STDOUT:
['a', 'b', 'a b', 'a b', 'a b', 'a b', "'a b'", 'a b', 'a\\ b', 'x\ty', 'x\ty']
## END
#### slice with ternary and nested
cd $TMP
x=abcdef; echo ${x:(1>0?2:3):2} ${x:${#x}-2} ${x:${y:-1}:2} ${x: 1 : 2 }
## status: 0
## STDOUT:
cd ef bc bc
## END
#### bad sub 4
cd $TMP
echo "${x/}" ok; echo ${x:}; echo no
## status: 1
## STDOUT:
 ok
## END
#### bad sub 5
cd $TMP
echo ${x@Z}; echo st $?
## status: 0
## STDOUT:

st 0
## END
#### PATH lookups
cd $TMP
mkdir b1; printf '#!/bin/sh\necho mine "$@"\n' > b1/mytool; chmod +x b1/mytool; PATH=$PWD/b1:$PATH; mytool a b; ./b1/mytool c; PATH= ; ls; echo $?
## status: 0
## STDOUT:
mine a b
mine c
127
## END
#### set -u length array
cd $TMP
set -u; unset a; echo ${#a[@]}; echo ${a[@]:-d}; echo ${!q}; echo no
## status: 1
## STDOUT:
## END
#### i rcfile
cd $TMP
echo 'echo from rc; RCV=1' > rc
echo 'echo $RCV' | bash --rcfile rc -i
bash --rcfile rc -c 'echo "[$RCV]"'
bash --rcfile rc -i -c 'echo "[$RCV]"'
## status: 0
## STDOUT:
from rc
1
[]
from rc
[1]
## END
#### set -o posix behaviors
cd $TMP
set -o posix; x=1 :; echo $x; f() { echo fn; }; unset f; eval() { echo no; }; echo $?
## status: 2
## STDOUT:
1
## END
#### builtin
cd $TMP
builtin echo hi; builtin nosuch; echo $?; builtin; echo $?; builtin -x; echo $?; f() { builtin cd /; }; f; pwd; builtin ls; echo $?
## status: 0
## STDOUT:
hi
1
0
2
/
1
## END
#### eval
cd $TMP
eval 'echo a; echo b'; eval echo '$x'; x=5; eval 'echo $x'; eval; echo $?; eval 'false'; echo $?; eval -- echo dd; eval 'echo "'; echo $?; eval '
echo $LINENO'; eval 'return 3' ; echo $?
## status: 0
## STDOUT:
a
b

5
0
1
dd
2
4
2
## END
#### i exit status
cd $TMP
echo 'exit 3' | bash -i --norc; echo $?
echo 'false' | bash -i --norc; echo $?
## status: 0
## STDOUT:
2
2
## END
#### split utf8 IFS
cd $TMP
IFS=é; x=aébéc; argv.py $x; IFS='日'; x=1日2; argv.py $x
## status: 0
## STDOUT:
['a', 'b', 'c']
['1', '2']
## END
#### brace with vars and globs
cd $TMP
touch a1 a2; x=1; echo {$x,y} {a1,b1}* ${x}{a,b} a{1,2} $x{a,b}$x {$(echo a),b} {`echo c`,d}; y={a,b}; echo $y; echo "a"{b,c}"d" {a..c}{1..2}
## status: 0
## STDOUT:
1 y a1 b1* 1a 1b a1 a2 1 1 a b c d
{a,b}
abd acd a1 a2 b1 b2 c1 c2
## END
#### brace in assignment and others
cd $TMP
x={a,b}; echo $x; a=({a,b}c); echo ${a[@]}; for i in {1..3}; do echo -n $i; done; echo; case {a,b} in {a,b}) echo m;; esac; [[ {a,b} == '{a,b}' ]]; echo $?; echo x={a,b}; export y={a,b}; echo $y
## status: 0
## STDOUT:
{a,b}
ac bc
123
m
0
x=a x=b
b
## END
#### brace large chars
cd $TMP
echo {A..c} | od -c | head -4; echo {Z..a}
## status: 0
## STDOUT:
0000000   A       B       C       D       E       F       G       H    
0000020   I       J       K       L       M       N       O       P    
0000040   Q       R       S       T       U       V       W       X    
0000060   Y       Z       [           ]       ^       _       `       a
Z [  ] ^ _ ` a
## END
#### if forms
cd $TMP
if false; then echo 1; elif true; then echo 2; else echo 3; fi; if ! false; then echo n; fi; if true; false; then echo no; else echo yes; fi; if (exit 3); then :; else echo $?; fi; if false; then :; fi; echo $?
## status: 0
## STDOUT:
2
n
yes
3
0
## END
#### break in function / subshell
cd $TMP
f() { break; echo after; }; for i in 1 2; do echo $i; f; done; for i in 1 2; do (break); echo s$i; done; break; echo $?; continue; echo $?
## status: 0
## STDOUT:
1
after
2
after
s1
s2
0
0
## END
#### select columns
cd $TMP
COLUMNS=40; select x in alpha beta gamma delta epsilon zeta eta theta iota kappa; do break; done <<< 3 2>&1; echo $x
## status: 0
## STDOUT:
1) alpha      5) epsilon   9) iota
2) beta	      6) zeta	  10) kappa
3) gamma      7) eta
4) delta      8) theta
#? gamma
## END
#### arith errors 5
cd $TMP
echo $((1.5)); echo a; echo $(("1")); echo $(('1')); echo b
## status: 1
## STDOUT:
## END
#### fatal errors 2
cd $TMP
(readonly x=1; x=2; echo no); echo $?; eval 'readonly y=1; y=2; echo no'; echo $?
## status: 0
## STDOUT:
1
1
## END
#### parse 17
cd $TMP
[[ a == b
## status: 2
## STDOUT:
## END
#### parse 24
cd $TMP
for ((i=0;i<1)); do echo; done
## status: 2
## STDOUT:
## END
#### parse 26
cd $TMP
x=(a b; echo
## status: 1
## STDOUT:
## END
#### line continuation
cd $TMP
echo a\
b c \
d; echo "x\
y" 'x\
y'; ec\
ho z; if tr\
ue; then echo t; fi; x=1\
2; echo $x ${x\
}
## status: 0
## STDOUT:
ab c d
xy x\
y
z
t
12 12
## END
#### arr err
cd $TMP
x=(a b; echo
echo next
## status: 0
## STDOUT:
next
## END
#### arr err2
cd $TMP
echo a; x=(a b &) ; echo c
echo next $?
## status: 0
## STDOUT:
next 1
## END
#### eval disc
cd $TMP
eval $'readonly y=1; y=2; echo no\necho next'; echo $?
## status: 0
## STDOUT:
next
0
## END
#### source disc
cd $TMP
printf 'readonly y=1; y=2; echo no\necho next\n' > s; . ./s; echo $?
## status: 0
## STDOUT:
next
0
## END
#### -e disc
cd $TMP
bash -e -c 'echo $((1/0)) || true; echo no
echo no2'; echo $?; printf 'echo $((1/0)); echo no\necho no2' | bash; echo $?; printf 'echo $((1/0)); echo no\necho no2' > s; bash s; echo $?
## status: 0
## STDOUT:
no2
0
no2
0
no2
0
## END
#### nameref errors
cd $TMP
declare -n r=1x; echo $?; declare -n r=r; echo $?; declare -n a=b; declare -n b=a; echo $a; echo $?; a=1; echo $?; readonly -n z=q 2>/dev/null; echo $?
## status: 1
## STDOUT:
1
1

0
## END
#### nameref chain and for
cd $TMP
x=1; declare -n a=x; declare -n b=a; b=9; echo $x ${!b}; declare -n i; for i in x y z; do i=7; done; echo $x $y $z
## status: 0
## STDOUT:
9 x
7 7 7
## END
#### BASH_COMMAND
cd $TMP
echo $BASH_COMMAND; f() { echo "$BASH_COMMAND"; }; f x; trap 'echo "[$BASH_COMMAND]"' EXIT; true  a  b
## status: 0
## STDOUT:
echo $BASH_COMMAND
echo "$BASH_COMMAND"
[true a b]
## END
#### special builtin errors posix
cd $TMP
bash -o posix -c 'shift 5; echo after'; echo $?; bash -o posix -c '. /nosuch; echo after'; echo $?; bash -o posix -c 'export 1x=2; echo after'; echo $?; bash -o posix -c 'readonly x=1; unset x; echo after'; echo $?; bash -o posix -c 'set -Z; echo after'; echo $?; bash -o posix -c ': > /nosuch/f; echo after'; echo $?; bash -o posix -c 'eval "if"; echo after'; echo $?; bash -o posix -c 'x=1 readonly x; echo ${x}'; bash -o posix -c 'for 1x in a; do :; done; echo after'; echo $?
## status: 0
## STDOUT:
after
0
1
after
0
after
0
2
1
2
1
2
## END
#### set -u arith
cd $TMP
set -u; echo $((x + 1)); echo no
## status: 1
## STDOUT:
## END
#### assignments in front of export, readonly and local stay
x=1 readonly x; echo $x; y=1 export y; echo $y; f() { z=1 local z; echo $z; }; f; echo ${z-none}; g() { export w; }; w=7 g; echo $w; q=1 declare q; echo ${q-none}
## status: 0
## STDOUT:
1
1
1
none
7
none
## END
#### xtrace case if while
exec 2>&1
set -x
x=2
case $x in 1) ;; 2|3) echo two;; esac
if [ $x = 2 ]; then echo y; elif true; then :; fi
while [ $x -gt 0 ]; do x=$((x-1)); done
for ((i=0; i<2; i++)); do :; done
[[ $x == 0 && ( -n a || -z b ) ]]
[[ a =~ ^a$ ]]
[[ ! -f nosuch ]]
(( x > 1 || x == 0 ))
until true; do :; done
## status: 0
## STDOUT:
+ x=2
+ case $x in
+ echo two
two
+ '[' 2 = 2 ']'
+ echo y
y
+ '[' 2 -gt 0 ']'
+ x=1
+ '[' 1 -gt 0 ']'
+ x=0
+ '[' 0 -gt 0 ']'
+ (( i=0 ))
+ (( i<2 ))
+ :
+ (( i++ ))
+ (( i<2 ))
+ :
+ (( i++ ))
+ (( i<2 ))
+ [[ 0 == 0 ]]
+ [[ -n a ]]
+ [[ a =~ ^a$ ]]
+ [[ ! -f nosuch ]]
+ ((  x > 1 || x == 0  ))
+ true
## END
#### xtrace assignments
exec 2>&1
set -x
a=1 b='2 3' c=$((1+2))
arr=(x 'y z' "$b")
arr+=(w)
arr[5]=v
declare -A m=([k]='v w')
m[z]=1
export e='q r'
readonly r=1
local_f() { local l=1; l+=2; }; local_f
x=1 y=2 true
z=
## status: 0
## STDOUT:
+ a=1
+ b='2 3'
+ c=3
+ arr=(x 'y z' "$b")
+ arr+=(w)
+ arr[5]=v
+ m=(['k']='v w')
+ declare -A m
+ m[z]=1
+ export 'e=q r'
+ e='q r'
+ readonly r=1
+ r=1
+ local_f
+ local l=1
+ l+=2
+ x=1
+ y=2
+ true
+ z=
## END
#### xtrace arrays in declare
exec 2>&1
set -x
declare -a a=(x 'y z' [5]=q); export b=(1 2); f() { local c=(p q) d=1; readonly -a e=(9); }; f
a+=(z); typeset -i n=1+1
## status: 0
## STDOUT:
+ a=('x' 'y z' ['5']='q')
+ declare -a a
+ b=('1' '2')
+ export b
+ f
+ c=('p' 'q')
+ local c d=1
+ e=('9')
+ readonly -a e
+ a+=(z)
+ typeset -i n=1+1
## END
#### alias more
shopt -s expand_aliases
alias e='echo' n='echo -n ' x1='e nested' semi='echo a; echo b;' lp='for i in 1 2; do' end='done'
x1; n foo; echo
semi
lp echo $i; end
alias e='printf "%s\n"'
e changed
\e 2>/dev/null || echo bs
'e' 2>/dev/null || echo q
alias w1='echo w1 ' w2='w3' w3='deep'
w1 w2
unalias w1 w2; w1 2>/dev/null; echo $?
## status: 0
## STDOUT:
nested
foo
a
b
1
2
changed
bs
q
w1 deep
w1
0
## END
#### alias newline and comment
shopt -s expand_aliases
alias c='# comment'
c anything here
echo ok
alias d='echo one #'
d two
alias multi='echo 1
echo 2
echo 3'
multi
echo after $LINENO
## status: 0
## STDOUT:
ok
one
1
2
3
after 11
## END
#### xtrace here-doc and redirs
cd $TMP; exec 2>&1
set -x
cat <<E > f
x $((1+1))
E
cat < f 2>&1 >/dev/null
: > f >> g
read x < f
echo $x >&2
## status: 0
## STDOUT:
+ cat
+ cat
+ :
+ read x
+ echo

## END
#### glob escapes in brackets
cd $TMP
touch 'a]b' a-b 'a\b' a^b; echo a[]]b a[\]]b a[-]b a[\\]b a[\^]b a[!]]b a["]"]b a[']']b a[x-]b
## status: 0
## STDOUT:
a]b a]b a-b a\b a^b a-b a\b a^b a]b a]b a-b
## END
#### assoc arithmetic keys
cd $TMP
declare -A A; i=1; A[i]=lit; A[$i]=num; A[1+1]=expr; for k in "${!A[@]}"; do echo $k=${A[$k]}; done | sort; ((A[i]=5)); echo ${A[i]}; (( A['x y']=7 )); echo "${A[x y]}"
## status: 0
## STDOUT:
1+1=expr
1=num
i=lit
5
7
## END
#### a prompt in a condition and without its brace
x='\D{%H}'; [[ ${x@P} =~ ^[0-9]{2}$ ]] && echo h; x='\D{}'; [[ ${x@P} =~ ^[0-9:]+$ ]] && echo t
## status: 0
## STDOUT:
h
t
## END
#### named fd in array and closing
cd $TMP
exec {fds[0]}>a {fds[1]}>b; echo x >&${fds[0]}; echo y >&${fds[1]}; exec {fds[0]}>&- {fds[1]}>&-; cat a b
## status: 0
## STDOUT:
x
y
## END
#### cd to nothing sets OLDPWD; pushd takes one folder
cd /tmp; cd /usr; cd ''; echo $OLDPWD; shopt -s cdable_vars; v=/tmp; cd v; pushd /usr /tmp 2>&1; echo $?; pwd
## status: 0
## STDOUT:
/usr
/tmp
bash: line 1: pushd: too many arguments
1
/tmp
## END
#### a readonly assignment ends a posix shell
bash -o posix -c 'readonly Y=2
Y=3
echo no'; echo $?
bash -c 'readonly Y=2
Y=3
echo next'; echo $?
printf 'set -o posix\nreadonly Y=2\nY=3\necho no\n' | bash; echo $?
bash -o posix -c 'readonly Y=2
f() { local Y=3; echo in; }; f
echo next'; echo $?
bash -o posix -c 'readonly Y=2
Y=3 true
echo next'; echo $?
bash -o posix -c 'readonly Y=2
(Y=3; echo no); echo $?
for Y in 1 2; do echo no; done
echo next'; echo $?
## status: 0
## STDOUT:
127
next
0
1
in
next
0
next
0
1
127
## END
