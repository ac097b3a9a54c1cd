#### errexit
bash -c 'set -e; echo a; false; echo no'; echo $?; bash -c 'set -e; false || true; ! true; if false; then :; fi; while false; do :; done; echo survived'; bash -ec '(exit 3); echo no'; echo $?
## status: 0
## STDOUT:
a
1
survived
3
## END
#### errexit in functions
bash -c 'set -e; f() { false; echo in f; }; f || echo caught; f; echo no'; echo $?; bash -c 'set -e; f() { false; echo no; }; if f; then echo then; fi; x=$(false); echo no'; echo $?
## status: 0
## STDOUT:
in f
1
no
then
1
## END
#### errexit and pipelines
bash -c 'set -e; false | true; echo a; set -o pipefail; false | true; echo no'; echo $?; bash -c 'set -e; true | false; echo no'; echo $?; bash -c 'set -e; { false; }; echo no'; echo $?
## status: 0
## STDOUT:
a
1
1
1
## END
#### errexit and substitutions
bash -c 'set -e; echo "$(false)"; local_x=$(true); x=$(echo a; false; echo b); echo "$x"'; echo $?; bash -c 'set -e; shopt -s inherit_errexit; x=$(false; echo no); echo no'; echo $?; bash -c 'set -e; f() { local x=$(false); echo local; }; f'
## status: 0
## STDOUT:

a
b
0
1
local
## END
#### errexit and lists
bash -c 'set -e; true && false; echo a; false && true; echo b; (true && false); echo no'; echo $?; bash -c 'set -e; ((0)); echo no'; echo $?; bash -c 'set -e; [[ a == b ]]; echo no'; echo $?; bash -c 'set -e; let x=0; echo no'; echo $?
## status: 0
## STDOUT:
1
1
1
1
## END
#### nounset
bash -c 'set -u; echo $x; echo no' 2>&1; echo $?; bash -uc 'echo ${x-ok} ${x:+y} "$@" "$*" $#'; bash -uc 'echo $1; echo no' 2>&1; bash -uc 'a=(); echo "${a[@]}" ok; echo ${a[0]}' 2>&1; bash -uc 'echo $((y + 1)); echo no' 2>&1; bash -uc '(echo $x); echo "status $?"' 2>&1; bash -uc 'echo ${#x}' 2>&1; bash -uc 'echo ${x#y}' 2>&1; bash -uc 'declare -A m; echo ${m[k]}' 2>&1; bash -uc 'echo $!' 2>&1
## status: 127
## STDOUT:
bash: line 1: x: unbound variable
127
ok  0
bash: line 1: $1: unbound variable
ok
bash: line 1: a[0]: unbound variable
bash: line 1: y: unbound variable
bash: line 1: x: unbound variable
status 1
bash: line 1: x: unbound variable
bash: line 1: x: unbound variable
bash: line 1: m[k]: unbound variable
bash: line 1: $!: unbound variable
## END
#### noglob noclobber
cd "$TMP"; touch g1 g2; set -f; echo g*; set +f; echo g*; set -C; echo x > g1 2>&1; echo y >| g1; cat g1; echo z >> g1; cat g1; echo n > new; cat new; echo q > /dev/null; echo $?; rm g1 g2 new
## status: 0
## STDOUT:
g*
g1 g2
y
y
z
n
0
## END
#### allexport
set -a; x=1; set +a; y=2; bash -c 'echo ${x-} ${y-}'
## status: 0
## STDOUT:
1
## END
#### noexec and syntax check
bash -n -c 'echo no'; echo $?; echo 'if true; then echo' | bash -n 2>&1 | sed 's/.*line/line/'; bash -c 'echo a; set -n; echo no; set +n; echo no'
## status: 0
## STDOUT:
0
line 2: syntax error: unexpected end of file
a
## END
#### verbose
printf 'echo one\n# comment\necho two\n' | bash -v 2>&1
## status: 0
## STDOUT:
echo one
one
# comment
echo two
two
## END
#### xtrace
bash -xc 'echo a "b c" $((1+1)); x=5; y="p q"; [[ $x == 5 ]]; for i in 1 2; do :; done' 2>&1
## status: 0
## STDOUT:
+ echo a 'b c' 2
a b c 2
+ x=5
+ y='p q'
+ [[ 5 == 5 ]]
+ for i in 1 2
+ :
+ for i in 1 2
+ :
## END
#### xtrace of many kinds
{ set -x; a=(1 "2 3"); case x in y) ;; x) echo hit;; esac; ((1 + 2)); f() { echo "$1"; }; f 'q q'; (echo sub); echo $(echo cs); [ a = a ] && true; ! false; if true; then :; fi; export E=1; declare -i n=3; echo "it's" $'\n'; set +x; } 2>&1
## status: 0
## STDOUT:
+ a=(1 "2 3")
+ case x in
+ echo hit
hit
+ (( 1 + 2 ))
+ f 'q q'
+ echo 'q q'
q q
+ echo sub
sub
++ echo cs
+ echo cs
cs
+ '[' a = a ']'
+ true
+ false
+ true
+ :
+ export E=1
+ E=1
+ declare -i n=3
+ echo 'it'\''s' '
'
it's 

+ set +x
## END
#### xtrace prompt
bash -c 'PS4="+\$LINENO: "; set -x
echo a
f() { echo b; }
f' 2>&1; bash -c 'set -x; (echo x); eval "echo y"' 2>&1
## status: 0
## STDOUT:
+2: echo a
a
+4: f
+3: echo b
b
+ echo x
x
+ eval 'echo y'
++ echo y
y
## END
#### xtrace of redirections and assignments
bash -c 'set -x; echo a > /dev/null; x=1 y=2 true; x+=3; cat <<< hi; [[ -n $x && ! -f none ]]; while false; do :; done; let z=1+1; unset z' 2>&1
## status: 0
## STDOUT:
+ echo a
+ x=1
+ y=2
+ true
+ x+=3
+ cat
hi
+ [[ -n 3 ]]
+ [[ ! -f none ]]
+ false
+ let z=1+1
+ unset z
## END
#### pipefail and PIPESTATUS
false | true; echo $? "${PIPESTATUS[@]}"; set -o pipefail; false | true; echo $?; (exit 3) | (exit 4) | true; echo "$? ${PIPESTATUS[*]}"; true | true; echo $?; ! false | true; echo $?; false; echo "${PIPESTATUS[@]}"
## status: 0
## STDOUT:
0 1 0
1
4 3 4 0
0
0
1
## END
#### lastpipe
shopt -s lastpipe; echo v | read x; echo "<$x>"; shopt -u lastpipe; echo w | read y; echo "<${y-}>"
## status: 0
## STDOUT:
<v>
<>
## END
#### options in dollar dash
bash -c 'echo $-'; bash -ec 'set -ux 2>/dev/null; echo ${-//[^eux]/}' 2>/dev/null; set -f; case $- in *f*) echo f;; esac; set +f; case $- in *f*) echo f;; *) echo no;; esac
## status: 0
## STDOUT:
hBc
eux
f
no
## END
#### set -o list
set -o | grep -E '^(errexit|nounset|noglob|pipefail|posix|monitor)' ; set +o | grep -E ' (errexit|xtrace)$'; set -o errexit; set -o | grep errexit; set +e; set -o nosuch 2>&1; echo $?; set -Z 2>&1 | head -1; echo $SHELLOPTS
## status: 0
## STDOUT:
errexit        	off
monitor        	off
noglob         	off
nounset        	off
pipefail       	off
posix          	off
set +o errexit
set +o xtrace
errexit        	on
bash: line 1: set: nosuch: invalid option name
2
bash: line 1: set: -Z: invalid option
braceexpand:hashall:interactive-comments
## END
#### keyword and posix options
bash -c 'set -o posix; echo $POSIXLY_CORRECT; x=1 :; echo $x'; bash --posix -c 'x=2 eval :; echo $x'; bash -c 'x=1 :; echo "<$x>"'
## status: 0
## STDOUT:
y
1
2
<>
## END
#### shopt nullglob failglob dotglob
cd "$TMP"; touch a.c b.c .hid; shopt -s nullglob; echo *.none end; shopt -u nullglob; echo *.none; shopt -s failglob; echo *.none 2>&1; echo $?; shopt -u failglob; echo *; shopt -s dotglob; echo *; shopt -u dotglob; rm a.c b.c .hid
## status: 1
## STDOUT:
end
*.none
## END
#### globstar
cd "$TMP"; mkdir -p p/q/r; touch p/1.t p/q/2.t p/q/r/3.t; shopt -s globstar; echo **/*.t; echo p/**; echo **/; shopt -u globstar; echo **/*.t; rm -r p
## status: 0
## STDOUT:
p/1.t p/q/2.t p/q/r/3.t
p/ p/1.t p/q p/q/2.t p/q/r p/q/r/3.t
p/ p/q/ p/q/r/
p/1.t
## END
#### nocaseglob and globasciiranges
cd "$TMP"; touch Ab aB AB; shopt -s nocaseglob; echo a*; shopt -u nocaseglob; echo a*; echo [A-Z]*; echo [[:lower:]]*; echo [!a]*; rm Ab aB AB
## status: 0
## STDOUT:
AB Ab aB
aB
AB Ab
aB
AB Ab
## END
#### extglob files
cd "$TMP"; touch x.c x.h y.c z.txt; shopt -s extglob
echo !(*.c); echo @(x|y).c; echo *.+(c|h); echo ?(x|z).*; echo *(x).c; rm x.c x.h y.c z.txt
## status: 0
## STDOUT:
x.h z.txt
x.c y.c
x.c x.h y.c
x.c x.h z.txt
x.c
## END
#### GLOBIGNORE
cd "$TMP"; touch k1 k2 .k3; GLOBIGNORE='k1'; echo *; GLOBIGNORE='*2:.k*'; echo *; unset GLOBIGNORE; echo *; rm k1 k2 .k3
## status: 0
## STDOUT:
.k3 k2
k1
k1 k2
## END
#### globs with odd names
cd "$TMP"; touch 'a b' 'c*d' 'e[f' '-g'; printf '<%s>' *; echo; echo c\**; echo 'c*'*; echo e\[*; echo "a "*; for f in *; do echo "$f"; done; echo [ac]*; rm -- 'a b' 'c*d' 'e[f' '-g'
## status: 1
## STDOUT:
<*>
c**
c**
e[*
a *
*
[ac]*
## END
#### globs in folders
cd "$TMP"; mkdir -p d1 d2; touch d1/x d2/x d2/y .dot; echo d*/x; echo d?/*; echo */; echo .*; echo d[12]/[xy]; echo ./d1/*; echo "$TMP"/d1/* | sed "s,$TMP,T,"; rm -r d1 d2 .dot
## status: 0
## STDOUT:
d1/x d2/x
d1/x d2/x d2/y
d1/ d2/
.dot
d1/x d2/x d2/y
./d1/x
T/d1/x
## END
#### where globs do not happen
cd "$TMP"; touch f1; x=*; echo $x "$x"; case f1 in *) echo case;; esac; y=(f*); echo "${y[@]}"; echo '*' "*" \*; [[ f1 == f* ]] && echo yes; cat <<E
f*
E
echo f* > out; cat out; z="f*"; for i in $z; do echo $i; done; rm f1 out
## status: 0
## STDOUT:
f1 *
case
f1
* * *
yes
f*
f1
f1
## END
#### trap EXIT
bash -c 'trap "echo bye" EXIT; echo hi'; bash -c 'trap "echo bye \$?" EXIT; exit 3'; echo $?; (trap 'echo sub' EXIT; echo in); bash -c 'trap "exit 7" EXIT; exit 1'; echo $?; bash -c 'trap "echo t" EXIT; trap - EXIT; echo none'; bash -c 'trap "echo zero" 0; false'; echo $?
## status: 0
## STDOUT:
hi
bye
bye 3
3
in
sub
7
none
zero
1
## END
#### trap ERR
trap 'echo "err $?"' ERR; false; true; false || true; (exit 4); ! true; if false; then :; fi; f() { false; }; f; set -E; f; trap - ERR; false; echo done
## status: 0
## STDOUT:
err 1
err 4
err 1
err 1
err 1
done
## END
#### trap DEBUG
trap 'echo "dbg: $BASH_COMMAND"' DEBUG; x=1; echo $x; for i in 1 2; do :; done; trap - DEBUG; echo off
## status: 0
## STDOUT:
dbg: x=1
dbg: echo $x
1
dbg: for i in 1 2
dbg: :
dbg: for i in 1 2
dbg: :
dbg: trap - DEBUG
off
## END
#### trap RETURN
f() { trap 'echo returned' RETURN; echo body; }; f; echo after; trap - RETURN; set -T; trap 'echo ret' RETURN; g() { :; }; g; trap - RETURN
## status: 0
## STDOUT:
body
returned
after
ret
## END
#### trap signals
trap 'echo got INT' INT; kill -INT $$; echo on; trap '' TERM; kill -TERM $$; echo ignored; trap 'echo usr1; x=1' USR1; kill -s USR1 $$; echo "x=$x"; trap - INT TERM USR1
## status: 0
## STDOUT:
got INT
on
ignored
usr1
x=1
## END
#### trap listing
trap 'echo a' EXIT; trap "echo 'q'" INT; trap; trap -p INT; trap - EXIT INT; trap; trap 'x' NOSUCH 2>&1; echo $?; trap -l | head -1; trap '' HUP; trap -p
## status: 0
## STDOUT:
trap -- 'echo a' EXIT
trap -- 'echo '\''q'\''' SIGINT
trap -- 'echo '\''q'\''' SIGINT
bash: line 1: trap: NOSUCH: invalid signal specification
1
 1) SIGHUP	 2) SIGINT	 3) SIGQUIT	 4) SIGILL	 5) SIGTRAP
trap -- '' SIGHUP
## END
#### trap and subshells
trap 'echo parent' EXIT; (echo sub); x=$(echo cs); echo $x; (trap); bash -c 'echo child'; trap - EXIT; bash -c 'trap "echo in trap" TERM; (kill -TERM $$); echo done'
## status: 0
## STDOUT:
sub
cs
trap -- 'echo parent' EXIT
child
in trap
done
## END
#### trap with return and exit
bash -c 'f() { trap "echo x; return 5" USR1; kill -USR1 $$; echo no; }; f; echo $?'; bash -c 'trap "exit 9" USR1; kill -USR1 $$; echo no'; echo $?; bash -c 'kill -TERM $$; echo no' 2>/dev/null; echo $?; bash -c 'kill -9 $$' 2>/dev/null; echo $?
## status: 0
## STDOUT:
x
5
9
143
137
## END
#### history of a script
set -o history; echo one
echo two
history | sed 's/^ *[0-9]* *//'
history -c; history | wc -l
## status: 0
## STDOUT:
one
two
echo two
history | sed 's/^ *[0-9]* *//'
0
## END
#### history expansion
set -o history -o histexpand
echo first word last
echo !$
!!
echo !-2:1
!echo:0 again
## status: 0
## STDOUT:
first word last
last
last
last
again
## END
#### history options
set -o history; history -s 'added line'; history | tail -2 | sed 's/^ *[0-9]* *//'; history -d -2 2>/dev/null; history -p 'a b' ; history -x 2>&1 | head -1; fc -l -1 2>/dev/null | sed 's/^[0-9]*[[:space:]]*//'
## status: 0
## STDOUT:
added line
a b
bash: line 1: history: -x: invalid option
added line
## END
#### posix mode switches others
bash -o posix -c 'shopt expand_aliases shift_verbose inherit_errexit sourcepath; set +o posix; shopt expand_aliases shift_verbose'
bash --posix -c 'shift 5; echo on' 2>&1
bash --posix -c '. nosuch; echo no' 2>&1; echo $?
bash --posix -c 'return; echo no' 2>&1; echo $?
bash --posix -c 'break; continue; echo on' 2>&1
bash --posix -c 'export q=1; export -p' | grep q=
bash --posix -c 'kill -l' | cut -c1-20
bash --posix -c 'readonly x=1; x=2 true; echo no' 2>&1; echo $?
bash -O < /dev/null | head -2
echo 'echo $1' > $TMP/s; bash - $TMP/s a
## status: 0
## STDOUT:
expand_aliases 	on
shift_verbose  	on
inherit_errexit	on
sourcepath     	on
expand_aliases 	off
shift_verbose  	off
bash: line 1: shift: 5: shift count out of range
on
bash: line 1: .: nosuch: file not found
1
bash: line 1: return: can only `return' from a function or sourced script
2
on
export q="1"
HUP INT QUIT ILL TRA
bash: line 1: x: readonly variable
1
autocd         	off
assoc_expand_once	off
a
## END
#### shell levels
SHLVL=3 bash -c 'echo $SHLVL'; SHLVL=-5 bash -c 'echo $SHLVL'; SHLVL=x bash -c 'echo $SHLVL'
SHLVL=999 bash -c 'echo $SHLVL' 2>&1
## status: 0
## STDOUT:
4
0
1
bash: warning: shell level (1000) too high, resetting to 1
1
## END
#### bash -O without a name lists and goes on
echo 'echo went on' | bash -O | tail -n 1
## status: 0
## STDOUT:
went on
## END
