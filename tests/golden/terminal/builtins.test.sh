#### echo options
echo -n a; echo; echo -e 'a\tb\n\x41\0101\c no'; echo; echo -E 'a\n'; echo -ne 'x\n'; echo -nx; echo -- -n
## status: 0
## STDOUT:
a
a	b
AA
a\n
x
-nx
-- -n
## END
#### printf basics
printf 'a %s b %d\n' x 5; printf '%5s|%-5s|%05d|%.2f\n' ab cd 42 3.14159; printf '%x %X %o %c %%\n' 255 255 8 hello
## status: 0
## STDOUT:
a x b 5
   ab|cd   |00042|3.14
ff FF 10 h %
## END
#### printf reuses its format
printf '%s-%s\n' a b c; printf 'no args\n' x y
## status: 0
## STDOUT:
a-b
c-
no args
## END
#### printf missing arguments
printf '%s|%d|%s\n' only
## status: 0
## STDOUT:
only|0|
## END
#### printf escapes
printf 'a\tb\n\101\x41\u00e9\\\n'; printf '%b' 'x\ty\n\0101\n'
## status: 0
## STDOUT:
a	b
AAé\
x	y
A
## END
#### printf q
printf '%q\n' 'a b' "it's" '' $'a\nb' 'x;y' '~' plain
## status: 0
## STDOUT:
a\ b
it\'s
''
$'a\nb'
x\;y
\~
plain
## END
#### printf star widths
printf '%*d|%-*d|%.*s\n' 5 42 5 42 2 abcdef
## status: 0
## STDOUT:
   42|42   |ab
## END
#### printf to a variable
printf -v x '%03d' 7; echo $x; printf -v 'a[2]' '%s' el; echo ${a[2]}
## status: 0
## STDOUT:
007
el
## END
#### printf bad numbers
printf '%d\n' abc; echo $?; printf '%d\n' 12x; echo $?
## status: 0
## STDOUT:
0
1
12
1
## END
#### printf character codes
printf '%d %d %d\n' "'a" '"b' "'é"
## status: 0
## STDOUT:
97 98 233
## END
#### printf hex and octal input
printf '%d %d %i\n' 0x10 010 -5; printf '%u\n' -1
## status: 0
## STDOUT:
16 8 -5
18446744073709551615
## END
#### printf floats
printf '%f %e %g %G\n' 1.5 12345.678 0.0001 1e20; printf '%.0f %.3e %+d % d\n' 2.5 1234.5 5 5
## status: 0
## STDOUT:
1.500000 1.234568e+04 0.0001 1E+20
2 1.234e+03 +5  5
## END
#### printf string precision and flags
printf '[%.3s] [%10.2s] [%-8s] [%+5d] [%#x] [%#o]\n' abcdef abcdef ab 7 255 8
## status: 0
## STDOUT:
[abc] [        ab] [ab      ] [   +7] [0xff] [010]
## END
#### printf date
TZ=UTC printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; printf '%(%s)T\n' 86400
## status: 0
## STDOUT:
1970-01-01 00:00:00
86400
## END
#### printf invalid
printf '%z\n' x; echo $?
## status: 0
## STDOUT:
1
## END
#### test strings
[ a = a ]; echo $?; [ a != a ]; echo $?; [ -z '' ]; echo $?; [ -n '' ]; echo $?; [ x ]; echo $?; [ '' ]; echo $?; [ ]; echo $?; test a \< b; echo $?
## status: 0
## STDOUT:
0
1
0
1
0
1
1
0
## END
#### test numbers
[ 1 -eq 1 -a 2 -gt 1 ]; echo $?; [ 5 -lt 3 -o 3 -le 3 ]; echo $?; [ 1 -ne 1 ]; echo $?; [ x -eq 1 ]; echo $?
## status: 0
## STDOUT:
0
0
1
2
## END
#### test files
cd $TMP; touch f; mkdir d; ln -s f l; for t in -e -f -d -L -s -r -w; do for x in f d l nope; do [ $t $x ] && echo "$t $x"; done; done
## status: 1
## STDOUT:
-e f
-e d
-e l
-f f
-f l
-d d
-L l
-s d
-r f
-r d
-r l
-w f
-w d
-w l
## END
#### test negation and groups
[ ! a = b ]; echo $?; [ \( a = b \) -o \( c = c \) ]; echo $?; [ ! ]; echo $?; [ ! x ]; echo $?
## status: 0
## STDOUT:
0
0
0
1
## END
#### test errors
[ a b ]; echo $?; [ a b c d ]; echo $?; [ -f ]; echo $?; [ a; echo $?
## status: 0
## STDOUT:
2
2
0
2
## END
#### test with operators as operands
[ = = = ]; echo $?; [ -n = x ]; echo $?; [ '(' = '(' ]; echo $?; [ -a -o -a ]; echo $?
## status: 0
## STDOUT:
0
1
0
0
## END
#### conditional command
[[ a == a && b != c ]]; echo $?; [[ a == b || ( x == x ) ]]; echo $?; [[ ! a ]]; echo $?; [[ -z '' ]]; echo $?
## status: 0
## STDOUT:
0
0
1
0
## END
#### conditional patterns
x=hello.txt; [[ $x == *.txt ]]; echo $?; [[ $x == "*.txt" ]]; echo $?; p='*.txt'; [[ $x == $p ]]; echo $?; [[ $x == "$p" ]]; echo $?
## status: 0
## STDOUT:
0
1
0
1
## END
#### conditional regex
[[ 2024-01-15 =~ ^([0-9]{4})-([0-9]{2}) ]]; echo $? ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}; r='^a.c$'; [[ abc =~ $r ]]; echo $?; [[ abc =~ "$r" ]]; echo $?
## status: 0
## STDOUT:
0 2024 01
0
1
## END
#### conditional regex with spaces and groups
[[ 'a b' =~ (a b) ]] && echo ${BASH_REMATCH[1]}; [[ foobar =~ foo|baz ]]; echo $?; [[ 'x(y' =~ x\(y ]]; echo $?
## status: 0
## STDOUT:
a b
0
0
## END
#### conditional arithmetic
x=5; [[ x -gt 3 ]]; echo $?; [[ 1+1 -eq 2 ]]; echo $?; [[ 010 -eq 8 ]]; echo $?
## status: 0
## STDOUT:
0
0
0
## END
#### conditional string order and no splitting
x='a b'; [[ $x = 'a b' ]]; echo $?; [[ abc < abd ]]; echo $?; [[ b > a ]]; echo $?
## status: 0
## STDOUT:
0
0
0
## END
#### conditional extended glob
[[ foo == @(foo|bar) ]]; echo $?; [[ baz == !(foo|bar) ]]; echo $?; [[ aaa == +(a) ]]; echo $?
## status: 0
## STDOUT:
0
0
0
## END
#### read splits
read a b c <<< '1 2 3 4 5'; echo "$a|$b|$c"; read x <<< '  lead and trail  '; echo "[$x]"; read <<< '  keep  '; echo "[$REPLY]"
## status: 0
## STDOUT:
1|2|3 4 5
[lead and trail]
[  keep  ]
## END
#### read with backslashes
printf 'a\\b\\\nc\n' | { read x; echo "$x"; }; printf 'a\\b\n' | { read -r x; echo "$x"; }
## status: 0
## STDOUT:
abc
a\b
## END
#### read delimiter and count
printf 'a:b:c' | { read -d : x; read -n 1 y; echo "$x$y"; }; read -N 3 z <<< abcdef; echo $z
## status: 0
## STDOUT:
ab
abc
## END
#### read with IFS
IFS=: read a b c <<< 'x:y:z:w'; echo "$a $b $c"; IFS=, read -a arr <<< 'p,q,,r'; echo ${#arr[@]}
## status: 0
## STDOUT:
x y z:w
4
## END
#### read at the end
printf 'last' | { read x; echo $? $x; }; read x < /dev/null; echo $?
## status: 0
## STDOUT:
1 last
1
## END
#### read several lines
printf '1\n2\n3\n' | { read a; read b; cat; echo $a$b; }
## status: 0
## STDOUT:
3
12
## END
#### read trailing separators
IFS=: read a b <<< 'x:'; echo "[$a][$b]"; IFS=: read a b <<< 'x:y:'; echo "[$a][$b]"; IFS=: read a b <<< 'x:y:z:'; echo "[$a][$b]"
## status: 0
## STDOUT:
[x][]
[x][y]
[x][y:z:]
## END
#### read prompt is not shown without a terminal
echo v | { read -p 'prompt> ' x; echo $x; }
## status: 0
## STDOUT:
v
## END
#### eval
x='echo hi'; eval $x; eval 'y=5; echo $y'; eval; echo $?; eval 'false'; echo $?
## status: 0
## STDOUT:
hi
5
0
1
## END
#### eval with quoting
a='b c'; eval "set -- \"$a\" d"; echo $#; eval echo '\$a'
## status: 0
## STDOUT:
2
$a
## END
#### source with arguments
cd $TMP; echo 'echo "$1 $#"; v=set; return 4' > src; . ./src a b; echo $? $v; source ./src; echo $#
## status: 0
## STDOUT:
a 2
4 set
 0
0
## END
#### set positional and options
set -- -a b; echo $1 $#; set x y; echo $*; set --; echo $#; set -e; echo $-| grep -c e; set +e
## status: 0
## STDOUT:
-a 2
x y
0
1
## END
#### shift
set -- a b c d; shift; echo $*; shift 2; echo $*; shift 5; echo $? $*
## status: 0
## STDOUT:
b c d
d
1 d
## END
#### getopts
f() { OPTIND=1; while getopts 'ab:c' o; do echo "$o ${OPTARG-none}"; done; shift $((OPTIND-1)); echo "rest $*"; }; f -a -b val -c x y; f -acb v; f -- -a
## status: 0
## STDOUT:
a none
b val
c none
rest x y
a none
c none
b v
rest 
rest -a
## END
#### getopts errors
getopts 'a' o -x; echo $o $?; getopts ':a:' o -a; echo $o $OPTARG
## status: 0
## STDOUT:
? 0
?
## END
#### getopts silent
while getopts ':ab:' o -a -q -b; do echo "$o:$OPTARG"; done
## status: 0
## STDOUT:
a:
?:q
::b
## END
#### export and env
export X=1; bash -c 'echo $X'; Y=2 bash -c 'echo $Y'; Z=3; bash -c 'echo [$Z]'; export -n X; bash -c 'echo [$X]'
## status: 0
## STDOUT:
1
2
[]
[]
## END
#### readonly
readonly r=1; r=2; echo same line
echo $r; unset r; echo $?
## status: 0
## STDOUT:
1
1
## END
#### unset
x=1; unset x; echo "[$x]"; unset nope; echo $?; f() { :; }; unset f; f 2>/dev/null; echo $?
## status: 0
## STDOUT:
[]
0
127
## END
#### declare attributes
declare -i i=3*4; declare -u u=abc; declare -l l=ABC; echo $i $u $l; declare -x e=1; declare -p i u l e
## status: 0
## STDOUT:
12 ABC abc
declare -i i="12"
declare -u u="ABC"
declare -l l="abc"
declare -x e="1"
## END
#### declare -p of unset and missing
declare z; declare -p z; declare -p missing; echo $?
## status: 0
## STDOUT:
declare -- z
1
## END
#### typeset and declare in a function are local
f() { declare a=1; typeset b=2; echo $a$b; }; f; echo "[$a$b]"
## status: 0
## STDOUT:
12
[]
## END
#### declare -g
f() { declare -g g=1; }; f; echo $g
## status: 0
## STDOUT:
1
## END
#### type
type echo if; type -t echo if cat nosuch; type nosuch; echo $?
## status: 0
## STDOUT:
echo is a shell builtin
if is a shell keyword
builtin
keyword
file
1
## END
#### command -v
command -v echo; command -v if; command -v nosuch; echo $?; alias ll='ls -l'; f() { :; }; command -v f
## status: 0
## STDOUT:
echo
if
1
f
## END
#### alias is off in scripts
alias hi='echo hello'; hi 2>/dev/null; echo $?
## status: 0
## STDOUT:
127
## END
#### alias when switched on
shopt -s expand_aliases
alias hi='echo hello' e='echo '
hi there
e hi
unalias hi; hi 2>/dev/null; echo $?
## status: 0
## STDOUT:
hello there
echo hello
hello
0
## END
#### alias list
alias b='x y' a="it's"; alias; alias a; alias nope; echo $?
## status: 0
## STDOUT:
alias a='it'\''s'
alias b='x y'
alias a='it'\''s'
1
## END
#### pwd and cd
cd /tmp; pwd; cd /; pwd; cd -; cd /tmp/../tmp; pwd; cd nowhere; echo $?
## status: 0
## STDOUT:
/tmp
/
/tmp
/tmp
1
## END
#### cd sets variables
cd /; cd /tmp; echo $PWD $OLDPWD; HOME=/; cd; pwd
## status: 0
## STDOUT:
/tmp /
/
## END
#### cd through a link
cd $TMP; mkdir -p real/sub; ln -s real/sub lnk; cd lnk; basename "$(pwd)"; basename "$(pwd -P)"; cd ..; ls
## status: 0
## STDOUT:
lnk
sub
lnk
real
## END
#### pushd and popd
cd /; pushd /tmp; pushd /usr; popd; dirs; dirs -v; popd; popd; echo $?
## status: 0
## STDOUT:
/tmp /
/usr /tmp /
/tmp /
/tmp /
 0  /tmp
 1  /
/
1
## END
#### umask
umask 022; umask; umask -S; umask 077; umask; umask u=rwx,g=,o=; umask
## status: 0
## STDOUT:
0022
u=rwx,g=rx,o=rx
0077
0077
## END
#### umask applies
cd $TMP; umask 027; touch uf; mkdir ud; stat -c %a uf ud
## status: 0
## STDOUT:
640
750
## END
#### hash
hash -r; hash; cat /dev/null; hash -t cat
## status: 0
## STDOUT:
hash: hash table empty
/usr/bin/cat
## END
#### let and true false
let 1; echo $?; let 0; echo $?
## status: 0
## STDOUT:
0
1
## END
#### times and ulimit do not fail
times > /dev/null; echo $?; ulimit -n > /dev/null; echo $?
## status: 0
## STDOUT:
0
0
## END
#### builtin and enable
builtin echo b; builtin nosuch; echo $?; enable -n echo; type -t echo; enable echo; type -t echo
## status: 0
## STDOUT:
b
1
file
builtin
## END
#### exec replaces
(exec echo replaced; echo never); exec nosuch_cmd; echo never
## status: 127
## STDOUT:
replaced
## END
#### wait without jobs
wait; echo $?; wait 99999; echo $?
## status: 0
## STDOUT:
0
127
## END
#### kill -l
kill -l 9; kill -l TERM; kill -l 130
## status: 0
## STDOUT:
KILL
15
INT
## END
#### trap exit
trap 'echo bye $?' EXIT; echo hi; exit 3
## status: 3
## STDOUT:
hi
bye 3
## END
#### trap in a subshell
(trap 'echo sub' EXIT; echo in); echo out
## status: 0
## STDOUT:
in
sub
out
## END
#### trap err
trap 'echo err $?' ERR; false; true; (exit 4); if false; then :; fi; false || true; echo end
## status: 0
## STDOUT:
err 1
err 4
end
## END
#### trap debug
trap 'echo "+$BASH_COMMAND"' DEBUG; echo a; x=1; trap - DEBUG; echo b
## status: 0
## STDOUT:
+echo a
a
+x=1
+trap - DEBUG
b
## END
#### trap return
f() { trap 'echo ret' RETURN; echo in; }; f; trap - RETURN; g() { :; }; g
## status: 0
## STDOUT:
in
ret
## END
#### trap signal to self
trap 'echo usr1' USR1; kill -USR1 $$; echo after; trap '' TERM; kill $$; echo alive
## status: 0
## STDOUT:
usr1
after
alive
## END
#### trap listing
trap 'echo x' EXIT; trap "echo 'q'" INT; trap; trap - EXIT INT
## status: 0
## STDOUT:
trap -- 'echo x' EXIT
trap -- 'echo '\''q'\''' SIGINT
## END
#### unhandled signal ends a subshell
(kill -TERM $BASHPID; echo never); echo $?
## status: 0
## STDOUT:
143
## END
#### errexit
set -e; false || true; if false; then :; fi; ! true; echo here; false; echo never
## status: 1
## STDOUT:
here
## END
#### errexit in functions and subshells
set -e; f() { false; echo not; }; f || echo caught; (false; echo sub); echo never
## status: 1
## STDOUT:
not
## END
#### errexit and command substitution
set -e; x=$(false; echo in); echo "[$x]"; y=$(false); echo never
## status: 1
## STDOUT:
[in]
## END
#### nounset
set -u; echo ${x:-ok} $#; echo "$@"; echo $x; echo never
## status: 1
## STDOUT:
ok 0

## END
#### xtrace
set -x; x=1; echo "a b" $x; for i in 1; do :; done; [[ a == b ]]; ((1+1)); set +x
## status: 0
## STDOUT:
a b 1
## END
#### noexec
set -n; echo never
## status: 0
## STDOUT:
## END
#### shopt
shopt -s nullglob; shopt nullglob; shopt -u nullglob; shopt -q nullglob; echo $?; shopt nosuch; echo $?
## status: 0
## STDOUT:
nullglob       	on
1
1
## END
#### caller
f() { caller 0; }; g() { f; }; g
## status: 0
## STDOUT:
1 g main
## END
#### help text exists
help cd > /dev/null; echo $?; help nosuch 2>/dev/null; echo $?
## status: 0
## STDOUT:
0
1
## END
#### mapfile callback
mapfile -t -c 1 -C 'echo cb' x < <(printf 'a\nb\n'); echo ${#x[@]}
## status: 0
## STDOUT:
cb 0 a
cb 1 b
2
## END
#### seconds and epoch are numbers
[[ $SECONDS =~ ^[0-9]+$ && $EPOCHSECONDS =~ ^[0-9]+$ ]] && echo ok
## status: 0
## STDOUT:
ok
## END
#### bash -c arguments
bash -c 'echo $0 $1 $#' zero one two; bash -c 'exit 7'; echo $?
## status: 0
## STDOUT:
zero one 2
7
## END
#### bash from stdin and from a file
echo 'echo from stdin $1' | bash -s arg; cd $TMP; echo 'echo script $0 $1' > sc; bash sc x
## status: 0
## STDOUT:
from stdin arg
script sc x
## END
#### script with a shebang
cd $TMP; printf '#!/bin/bash\necho she $1\n' > sb; chmod +x sb; ./sb y; chmod -x sb; ./sb; echo $?
## status: 0
## STDOUT:
she y
126
## END
#### script without a shebang
cd $TMP; echo 'echo plain' > ns; chmod +x ns; ./ns
## status: 0
## STDOUT:
plain
## END
#### command not found
nosuchcommand; echo $?; ./nosuch; echo $?; /tmp; echo $?
## status: 0
## STDOUT:
127
127
126
## END
#### exported array is not in the environment
export a=(1 2); bash -c 'echo "[$a]"'
## status: 0
## STDOUT:
[]
## END
#### last status in prompt of a substitution
x=$(exit 3); echo $?; echo $(exit 4) $?
## status: 0
## STDOUT:
3
4
## END
#### --help of a builtin
cd --help | head -1
umask --help > /dev/null; echo $?
true --help; echo --help; command eval --help | head -1
## status: 0
## STDOUT:
cd: cd [-L|[-P [-e]] [-@]] [dir]
2
--help
eval: eval [arg ...]
## END
#### too many loop levels and other words that are wrong
bash -c 'for i in 1; do break 1 2; done; echo no
echo next $?' 2>&1
dirs -q 2>&1; umask 7777; umask; umask 17777 2>&1
printf '%b\n' "\\'" '\"' '\?'
OPTIND=5; getopts a o -a; echo $? $OPTIND
$'a\nb' 2>&1
TIMEFORMAT=%Z; { time :; } 2>&1
## status: 0
## STDOUT:
bash: line 1: break: too many arguments
bash: line 3: dirs: -q: invalid number
dirs: usage: dirs [-clpv] [+N] [-N]
0777
bash: line 3: umask: 17777: octal number out of range
\'
\"
\?
1 2
bash: line 6: $'a\nb': command not found
bash: line 7: TIMEFORMAT: `Z': invalid format character
## END
#### trap -p answers in the order asked
trap 'echo u' USR1; trap '' INT
trap -p USR1 INT SIGUSR1
## status: 0
## STDOUT:
trap -- 'echo u' SIGUSR1
trap -- '' SIGINT
trap -- 'echo u' SIGUSR1
## END
#### DEBUG before each expression of an arithmetic for
trap 'echo "[$BASH_COMMAND]"' DEBUG
for ((i=0;i<1;i++)); do :; done
select x in a; do break; done <<< 1 2> /dev/null
## status: 0
## STDOUT:
[((i=0))]
[((i<1))]
[:]
[((i++))]
[((i<1))]
[select x in a]
[break]
## END
#### wait -p and jobs that are gone
wait -p v; echo "${v-unset}"
true & wait; jobs %1 2>&1; echo $?
coproc C { read x; }; echo >&${C[1]}; wait; echo "[${C[@]}]" "[$C_PID]"
## status: 0
## STDOUT:
unset
bash: line 2: jobs: %1: no such job
1
[] []
## END
