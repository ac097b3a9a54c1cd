#### getopts basics
while getopts 'ab:c' o; do echo "$o ${OPTARG-} $OPTIND"; done < /dev/null; set -- -a -b val -c rest; while getopts 'ab:c' o; do echo "$o ${OPTARG-} $OPTIND"; done; shift $((OPTIND-1)); echo "$@"
## status: 0
## STDOUT:
a  2
b val 4
c  5
rest
## END
#### getopts bundles
set -- -ab val -cx; while getopts 'ab:cx' o; do echo "$o:${OPTARG-}:$OPTIND"; done; OPTIND=1; set -- -bval x; getopts 'b:' o; echo "$o $OPTARG $OPTIND"
## status: 0
## STDOUT:
a::1
b:val:3
c::3
x::4
b val 2
## END
#### getopts errors
set -- -z -b; while getopts 'ab:' o 2>&1; do echo "<$o> <${OPTARG-unset}>"; done; echo $?
## status: 0
## STDOUT:
bash: illegal option -- z
<?> <unset>
bash: option requires an argument -- b
<?> <unset>
0
## END
#### getopts silent errors
set -- -z -b; while getopts ':ab:' o; do echo "<$o> <$OPTARG>"; done
## status: 0
## STDOUT:
<?> <z>
<:> <b>
## END
#### getopts ends at --
set -- -a -- -b; while getopts ab o; do echo $o; done; echo $OPTIND; shift $((OPTIND-1)); echo "$@"; OPTIND=1; set -- x -a; getopts a o; echo "$? $o $OPTIND"
## status: 0
## STDOUT:
a
3
-b
1 ? 1
## END
#### getopts with given words
getopts 'x:' o -x 5; echo "$o $OPTARG"; OPTIND=1; f() { local OPTIND=1 o; while getopts 'n:' o "$@"; do echo "f $o $OPTARG"; done; }; f -n 1 -n 2; f -n 3; OPTERR=0; getopts a o -q; echo "$o"
## status: 0
## STDOUT:
x 5
f n 1
f n 2
f n 3
?
## END
#### read splits
echo 'a b  c d' | { read x y z; echo "<$x><$y><$z>"; }; read x y <<< 'one'; echo "<$x><$y>"; read <<< '  r  '; echo "<$REPLY>"; read x <<< '  trim  '; echo "<$x>"
## status: 0
## STDOUT:
<a><b><c d>
<one><>
<  r  >
<trim>
## END
#### read -r and escapes
read x <<< 'a\tb\\c'; echo "<$x>"; read -r x <<< 'a\tb\\c'; echo "<$x>"; printf 'a\\\nb\nc\n' | { read x; read y; echo "<$x><$y>"; }; printf 'a\\\nb\n' | { read -r x; read y; echo "<$x><$y>"; }
## status: 0
## STDOUT:
<atb\c>
<a\tb\\c>
<ab><c>
<a\><b>
## END
#### read with IFS
IFS=: read a b c <<< 'x:y:z:w'; echo "$a|$b|$c"; IFS=, read -r a b <<< ',,'; echo "<$a><$b>"; IFS= read -r l <<< '  keep  '; echo "<$l>"; IFS=' :' read a b c <<< ' x : y z '; echo "<$a><$b><$c>"
## status: 0
## STDOUT:
x|y|z:w
<><>
<  keep  >
<x><y><z>
## END
#### read -d -n -N
read -d : x <<< 'a:b'; echo "<$x>"; read -n 3 x <<< abcdef; echo "<$x>"; read -N 5 x <<< $'ab\ncdef'; echo "<$x>"; read -d '' x < <(printf 'n\0m'); echo "<$x>"; read -n 0 x <<< abc; echo "$? <$x>"
## status: 0
## STDOUT:
<a>
<abc>
<ab
cd>
<n>
0 <>
## END
#### read -a
read -a a <<< 'x y z'; echo "${#a[@]} ${a[2]}"; IFS=- read -ra a <<< '1-2--4'; echo "${#a[@]} <${a[2]}>"; read -a a <<< ''; echo "${#a[@]}"
## status: 0
## STDOUT:
3 z
4 <>
0
## END
#### read status and the end
read x < /dev/null; echo "$? <$x>"; printf 'no newline' | { read x; echo "$? <$x>"; }; read -t 0 x <<< a; echo $?; read x < /nosuch 2>/dev/null; echo $?
## status: 0
## STDOUT:
1 <>
1 <no newline>
0
1
## END
#### read -u and -p
exec 4<<< $'one\ntwo'; read -u 4 a; read b <&4; echo "$a $b"; exec 4<&-; read -p 'prompt ' x <<< v; echo "$x"; read -u 9 x 2>&1; echo $?
## status: 0
## STDOUT:
one two
v
bash: line 1: read: 9: invalid file descriptor: Bad file descriptor
1
## END
#### read errors
{ read 1x <<< a; echo $?; read -q x <<< a; echo $?; read -n x y <<< a; echo $?; readonly R=1; read R <<< 2; echo $?; } 2>&1
## status: 0
## STDOUT:
bash: line 1: read: `1x': not a valid identifier
1
bash: line 1: read: -q: invalid option
read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]
2
bash: line 1: read: x: invalid number
1
bash: line 1: R: readonly variable
1
## END
#### read in a loop
printf '1 a\n2 b\n3 c' | while read -r n l || [[ $n ]]; do echo "$l$n"; done; while IFS='=' read -r k v; do echo "$k -> $v"; done <<< $'a=1\nb=2=3'
## status: 0
## STDOUT:
a1
b2
c3
a -> 1
b -> 2=3
## END
#### read keeps what follows
{ read -r first; echo "first: $first"; cat; } <<< $'1\n2\n3'; printf 'abcdef\n' | { read -n 2 a; read -n 2 b; read c; echo "$a $b $c"; }
## status: 0
## STDOUT:
first: 1
2
3
ab cd ef
## END
#### printf numbers
printf '%d %i %o %x %X %#x %#o %u\n' 10 -10 8 255 255 255 8 7; printf '%+d % d %05d %-5d| %5d %.3d\n' 5 5 42 42 42 7; printf '%d %d %d %d\n' 0x1f 010 "'a" '"b'
## status: 0
## STDOUT:
10 -10 10 ff FF 0xff 010 7
+5  5 00042 42   |    42 007
31 8 97 98
## END
#### printf floats
printf '%f %.2f %e %g %G %.0f %5.1f|\n' 3.14159 2.5 12345.678 0.0001 1e10 2.5 9.96; printf '%g %g %g\n' 100000 1000000 1.5; printf '%s\n' "$(printf '%.3e' 0)"
## status: 0
## STDOUT:
3.141590 2.50 1.234568e+04 0.0001 1E+10 2  10.0|
100000 1e+06 1.5
0.000e+00
## END
#### printf strings
printf '[%s] [%5s] [%-5s] [%.2s] [%5.1s]\n' a ab ab abc xyz; printf '%c%c\n' hello world; printf '%s %s\n' 1 2 3; printf '%%|%5%|\n' 2>&1
## status: 1
## stdout: [a] [   ab] [ab   ] [ab] [    x]\nhw\n1 2\n3 \nbash: line 1: printf: `%': invalid format character\n%|
#### printf -v
printf -v x '%03d' 7; echo $x; printf -v 'a[2]' %s el; echo "${a[2]}"; printf -v y '%s,' 1 2 3; echo "$y"; printf -v '1x' a 2>&1; echo $?
## status: 0
## STDOUT:
007
el
1,2,3,
bash: line 1: printf: `1x': not a valid identifier
2
## END
#### printf q and b
printf '%q ' 'a b' "it's" '' 'x$y' $'t\tn\n' 'é' '~' '#c' 'a=b' '{a,b}'; echo; printf '%b|' 'a\tb' '\x41\101' 'stop\cnow' more; echo
## status: 0
## STDOUT:
a\ b it\'s '' x\$y $'t\tn\n' é \~ \#c a=b \{a\,b\} 
a	b|AA|stop
## END
#### printf Q
printf '%Q|%.3Q\n' 'a b' 'abc def'
## status: 0
## STDOUT:
a\ b|abc
## END
#### printf T
TZ=UTC printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; TZ=UTC printf '%(%F)T|%10(%T)T\n' 86400 3661
## status: 0
## STDOUT:
1970-01-01 00:00:00
1970-01-02|  01:01:01
## END
#### printf wrong numbers
printf '%d\n' abc 2>&1; echo $?; printf '%d\n' 12abc 2>&1; echo $?; printf '%d|%d\n' '' 3 2>&1; printf '%d\n' 99999999999999999999 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: printf: abc: invalid number
0
1
bash: line 1: printf: 12abc: invalid number
12
1
0|3
bash: line 1: printf: warning: 99999999999999999999: Numerical result out of range
9223372036854775807
0
## END
#### printf wrong formats
printf '%z\n' 2>&1; echo $?; printf 2>&1; echo $?; printf '%' 2>&1; echo " $?"; printf -- '-%s\n' x; printf '\x' 2>&1 | od -c | head -1
## status: 0
## STDOUT:
bash: line 1: printf: `\': invalid format character
1
printf: usage: printf [-v var] format [arguments]
2
bash: line 1: printf: `%': missing format character
 1
-x
0000000   b   a   s   h   :       l   i   n   e       1   :       p   r
## END
#### printf escapes in the format
printf 'a\\b\a\b\e\f\r\v\0\n' | od -An -c; printf '\u00e9\U0001F600\x7e\176\n'; printf '%s\n' '\t'; printf '\c' | od -c; printf "%s\n" $'\''
## status: 0
## STDOUT:
   a   \   b  \a  \b 033  \f  \r  \v  \0  \n
é😀~~
\t
0000000   \   c
0000002
'
## END
#### printf star
printf '%*s|%-*s|%.*f|%*s\n' 5 a 5 b 2 3.14159 -4 c
## status: 0
## STDOUT:
    a|b    |3.14|c   
## END
#### echo options
echo -e 'a\tb\\c\x41\0101\u00e9'; echo -n x; echo; echo -E 'a\tb'; echo -neE 'q\t'; echo; echo -x; echo - a; echo -e 'cut\chere'; echo; echo -en 'x\ny'; echo
## status: 0
## STDOUT:
a	b\cAAé
x
a\tb
q\t
-x
- a
cut
x
y
## END
#### echo xpg
shopt -s xpg_echo; echo 'a\tb'; echo -n 'c\n'; shopt -u xpg_echo; echo 'a\tb'
## status: 0
## STDOUT:
a	b
c
a\tb
## END
#### eval
x='echo hi'; eval $x; eval 'a=1;' 'b=2'; echo $a$b; eval; echo $?; eval 'exit_code() { return 3; }; exit_code'; echo $?; eval "echo '\$a'" \$a; eval 'for i in 1 2; do echo $i; done'
## status: 0
## STDOUT:
hi
12
0
3
$a 1
1
2
## END
#### eval errors
eval 'echo (' 2>&1; echo $?; eval 'if' 2>&1; echo $?; eval -x 2>&1; echo $?
## status: 0
## STDOUT:
bash: eval: line 1: syntax error near unexpected token `newline'
bash: eval: line 1: `echo ('
2
bash: eval: line 2: syntax error: unexpected end of file
2
bash: line 1: eval: -x: invalid option
eval: usage: eval [arg ...]
2
## END
#### source
cd "$TMP"; printf 'echo "in $1 $#"; x=set; return 4; echo no\n' > s.sh; . ./s.sh arg; echo "$? $x"; source s.sh 2>&1 | head -1; set -- p q; . ./s.sh; . ./nosuch.sh 2>&1; echo $?; source 2>&1; echo $?; rm s.sh
## status: 0
## STDOUT:
in arg 1
4 set
in  0
in p 2
bash: line 1: ./nosuch.sh: No such file or directory
1
bash: line 1: source: filename argument required
source: usage: source filename [arguments]
2
## END
#### source and functions
cd "$TMP"; echo 'f() { echo "f of $BASH_SOURCE"; }; g=1' > lib.sh; . ./lib.sh; f; echo $g; (. ./lib.sh; g=2); echo $g; rm lib.sh
## status: 0
## STDOUT:
f of ./lib.sh
1
1
## END
#### exec redirections
cd "$TMP"; exec 3> out; echo one >&3; echo two >&3; exec 3>&-; cat out; exec 4< out; read -u 4 a; echo $a; exec 4<&-; (exec > out; echo inside); cat out; echo x >&3 2>/dev/null; echo $?; rm out
## status: 0
## STDOUT:
one
two
one
inside
1
## END
#### exec a command
(exec echo replaced; echo no); (exec nosuchcmd; echo no) 2>&1; echo $?; (exec -a name bash -c 'echo $0'); bash -c 'exec true; echo no'; echo $?
## status: 0
## STDOUT:
replaced
bash: line 1: exec: nosuchcmd: not found
127
name
0
## END
#### command and builtin
echo() { builtin echo "mine: $*"; }; echo a; command echo b; builtin echo c; unset -f echo; command -v echo; command -v ls | sed 's,.*/,,'; command -v nosuch; command -v nosuch; builtin nosuch 2>&1; command nosuch 2>&1
## status: 127
## STDOUT:
mine: a
b
c
echo
ls
bash: line 1: builtin: nosuch: not a shell builtin
bash: line 1: nosuch: command not found
## END
#### command -V and type
f() { :; }; alias l='ls -l'; type -t f if echo ls nosuch; type f; type echo if; command -V f | head -1; command -V echo; type nosuch 2>&1; echo $?
## status: 0
## STDOUT:
function
keyword
builtin
file
f is a function
f () 
{ 
    :
}
echo is a shell builtin
if is a shell keyword
f is a function
echo is a shell builtin
bash: line 1: type: nosuch: not found
1
## END
#### type options
shopt -s expand_aliases
alias q='echo q'; type q; type -t q; type -a echo | head -1; type -p ls | sed 's,.*/,,'; type -p echo; echo $?; type -P echo | sed 's,.*/,,'; type -f echo
## status: 0
## STDOUT:
q is aliased to `echo q'
alias
echo is a shell builtin
ls
0
echo
echo is a shell builtin
## END
#### alias
shopt -s expand_aliases
alias hi='echo hello'
hi there; alias hi; unalias hi; alias hi 2>&1; echo $?
alias a='b ' b='echo' c='world'
a c
unalias -a; alias; hi 2>&1; echo $?
## status: 0
## STDOUT:
hello there
alias hi='echo hello'
bash: line 3: alias: hi: not found
1
world
bash: line 6: hi: command not found
127
## END
#### alias rules
shopt -s expand_aliases
alias e='echo'; alias -p
e next line
\e quoted 2>&1; 'e' 2>/dev/null; echo $?
alias if2='if'; alias ls='echo listing'
if2 true; then ls; fi
alias loop='for i in 1 2; do echo $i; done'
loop
unalias nosuch 2>&1; echo $?; alias bad/name=x 2>&1; echo $?
## status: 0
## STDOUT:
alias e='echo'
next line
bash: line 4: e: command not found
127
listing
1
2
bash: line 9: unalias: nosuch: not found
1
bash: line 9: alias: `bad/name': invalid alias name
1
## END
#### set positional
set -- a 'b c' d; echo $# "$2"; set x; echo "$@"; set -- ; echo $#; set - y z; echo "$*"; set -- -a; echo "$1"
## status: 0
## STDOUT:
3 b c
x
0
y z
-a
## END
#### shift
set -- 1 2 3 4; shift; echo "$*"; shift 2; echo "$*"; shift 5; echo "$? $*"; shift -1 2>&1; echo $?; shift x 2>&1; echo $?
## status: 0
## STDOUT:
2 3 4
4
1 4
bash: line 1: shift: -1: shift count out of range
1
bash: line 1: shift: x: numeric argument required
1
## END
#### let and arithmetic status
let x=1+2; echo "$? $x"; let x=0; echo $?; ((0)); echo $?; ((5)); echo $?; let 'a = 2' 'b = a * 3'; echo $b; let; echo $?
## status: 0
## STDOUT:
0 3
1
1
0
6
1
## END
#### unset
x=1; f() { :; }; unset x; echo "${x-unset}"; unset f; f 2>&1; x=2; f() { echo func; }; unset -v x; f; unset -f f; unset nosuch; echo $?; unset 1a 2>&1; echo $?; y=1 z=2; unset y z; echo ${y-}${z-}
## status: 0
## STDOUT:
unset
bash: line 1: f: command not found
func
0
0

## END
#### export
export A=1 B; B=2; bash -c 'echo $A $B'; export -n A; bash -c 'echo ${A-none}'; f() { echo exported; }; export -f f; bash -c f; export -p | grep ' B='; export 1x=2 2>&1; echo $?
## status: 0
## STDOUT:
1 2
none
exported
declare -x B="2"
bash: line 1: export: `1x=2': not a valid identifier
1
## END
#### readonly
readonly X=1; X=2 2>&1; echo "status $?"; readonly -p | grep ' X='; readonly a=(1 2); echo "${a[1]}"
## status: 1
## STDOUT:
## END
#### local
x=global; f() { local x=inner y; echo "$x ${y-unset}"; g; }; g() { echo "g sees $x"; x=changed; }; f; echo $x; local z 2>&1; echo $?; h() { local x; echo "<${x-unset}>"; }; h
## status: 0
## STDOUT:
inner unset
g sees inner
global
bash: line 1: local: can only be used in a function
1
<unset>
## END
#### local options
f() { local -i n=2+3; local -r r=1; local -a a=(x y); local -x e=env; echo $n "${a[1]}"; bash -c 'echo $e'; r=2; echo no; }; f 2>&1; i() { local -I x; echo "$x"; x=2; }; x=1; i; echo $x
## status: 1
## STDOUT:
5 y
env
main: line 1: r: readonly variable
## END
#### return
f() { return 3; echo no; }; f; echo $?; g() { false; return; }; g; echo $?; h() { return 256; }; h; echo $?; return 2>&1; echo $?; k() { return x; }; k 2>&1; echo $?; m() { return -1; }; m; echo $?
## status: 0
## STDOUT:
3
1
0
bash: line 1: return: can only `return' from a function or sourced script
2
main: line 1: return: x: numeric argument required
2
255
## END
#### exit
(exit 3); echo $?; (exit 256); echo $?; (exit -1); echo $?; (exit x) 2>&1; echo $?; (false; exit); echo $?; bash -c 'exit 1 2' 2>&1; echo $?
## status: 0
## STDOUT:
3
0
255
bash: line 1: exit: x: numeric argument required
2
1
bash: line 1: exit: too many arguments
1
## END
#### cd and pwd
cd "$TMP"; mkdir -p a/b; cd a/b; echo "${PWD#$TMP}"; cd ..; echo "${PWD#$TMP}"; cd -  > /dev/null; echo "${OLDPWD#$TMP}"; cd nosuch 2>&1; echo $?; CDPATH=$TMP; cd a | sed "s,$TMP,,"; cd 2>&1 /x/y/z; unset HOME; cd 2>&1; cd a b 2>&1; rm -r "$TMP/a"
## status: 0
## STDOUT:
/a/b
/a
/a
bash: line 1: cd: nosuch: No such file or directory
1
/a
bash: line 1: cd: /x/y/z: No such file or directory
bash: line 1: cd: HOME not set
bash: line 1: cd: too many arguments
## END
#### links and pwd
cd "$TMP"; mkdir real; ln -s real link; cd link; echo "${PWD##*/}"; pwd -P | sed 's,.*/,,'; cd -P . ; echo "${PWD##*/}"; cd "$TMP/link"; cd ..; echo "${PWD#$TMP}."; rm -r real link
## status: 0
## STDOUT:
link
real
real
.
## END
#### pushd popd dirs
cd /; pushd /tmp > /dev/null; pushd /usr; dirs; dirs -v; popd; dirs -p; popd > /dev/null; popd 2>&1; echo $?; pushd 2>&1; echo $?; pushd /nosuch 2>&1; dirs -c; dirs
## status: 0
## STDOUT:
/usr /tmp /
/usr /tmp /
 0  /usr
 1  /tmp
 2  /
/tmp /
/tmp
/
bash: line 1: popd: directory stack empty
1
bash: line 1: pushd: no other directory
1
bash: line 1: pushd: /nosuch: No such file or directory
/
## END
#### umask
umask; umask 077; umask; umask -S; umask u=rwx,g=rx,o=; umask; umask 999 2>&1; echo $?; umask -p
## status: 0
## STDOUT:
0022
0077
u=rwx,g=,o=
0027
bash: line 1: umask: 999: octal number out of range
1
umask 0027
## END
#### hash and times
hash -r; hash 2>&1; ls > /dev/null; hash nosuchcmd 2>&1; echo $?; times | wc -l; hash -t nosuchcmd 2>&1; echo $?
## status: 0
## STDOUT:
hash: hash table empty
bash: line 1: hash: nosuchcmd: not found
1
2
bash: line 1: hash: nosuchcmd: not found
1
## END
#### wait and background
(exit 3) & wait $!; echo $?; true & false & wait; echo $?; sleep 0.01 & p=$!; wait $p; echo $?; wait 99999 2>&1 | sed 's/.*pid/pid/'; echo x & wait; { echo in background; exit 2; } & wait $!; echo $?
## status: 0
## STDOUT:
3
0
0
pid 99999 is not a child of this shell
x
in background
2
## END
#### jobs in a script
sleep 5 & jobs | sed 's/  */ /g'; kill %1; wait $! 2>/dev/null; echo $?; jobs; kill -0 99999 2>/dev/null; echo $?; kill 2>&1 | head -1; kill -l 9 15; kill -l INT; kill %9 2>&1
## status: 1
## STDOUT:
[1]+ Running sleep 5 &
143
1
kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]
KILL
TERM
2
bash: line 1: kill: %9: no such job
## END
#### help and enable
help true | head -1; enable -n test; type -t test; enable test; type -t test; enable nosuch 2>&1; echo $?; help nosuch 2>&1 | head -1
## status: 0
## STDOUT:
true: true
file
builtin
bash: line 1: enable: nosuch: not a shell builtin
1
bash: line 1: help: no help topics match `nosuch'.  Try `help help' or `man -k nosuch' or `info nosuch'.
## END
#### caller and frames
f() { caller; caller 0; echo "${FUNCNAME[*]}" "${#BASH_LINENO[@]}"; g; }; g() { echo "${FUNCNAME[*]}"; caller 1; }
f
## status: 1
## STDOUT:
2 NULL
f 1
g f
## END
#### variables of bash
echo $((BASH_SUBSHELL)); (echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL)); echo ${BASH_VERSINFO[0]} ${BASH_VERSION%%(*}; [[ $RANDOM -ge 0 ]] && echo random; SECONDS=5; echo $SECONDS; echo "$LINENO"; [ -n "$EPOCHSECONDS" ] && echo epoch; echo "${#BASHPID}" | tr 0-9 n
## status: 0
## STDOUT:
0
1
2
5 5.2.15
random
5
1
epoch
n
## END
#### last argument
echo a b > /dev/null; echo $_; : x y; echo "$_"; true; echo $_
## status: 0
## STDOUT:
b
y
true
## END
#### suspend of output with colon
: > "$TMP/e"; wc -c < "$TMP/e"; : "${X:=default}"; echo $X; true; false; echo $?; : | false; echo $?; rm "$TMP/e"
## status: 0
## STDOUT:
0
default
1
1
## END
#### compgen
compgen -W 'apple banana avocado' -- a; compgen -A function nosuch; echo $?; fx() { :; }; fy() { :; }; compgen -A function f | sort; compgen -v BASH_VERS; compgen -b ec
## status: 0
## STDOUT:
apple
avocado
1
fx
fy
BASH_VERSINFO
BASH_VERSION
echo
## END
#### shopt queries
shopt -q extglob; echo $?; shopt -s extglob; shopt extglob; shopt -p extglob; shopt -u extglob; shopt extglob; echo $?; shopt nosuch 2>&1; echo $?; shopt -so pipefail; set -o | grep pipefail; shopt -o pipefail
## status: 0
## STDOUT:
1
extglob        	on
shopt -s extglob
extglob        	off
1
bash: line 1: shopt: nosuch: invalid shell option name
1
pipefail       	on
pipefail       	on
## END
