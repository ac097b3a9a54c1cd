#### set -k
set -k; f() { echo "$#:$@ $v"; }; f a v=1 b; echo "[$v]"; echo x=1 y; export z=2 w; declare -p z w; set +k; f a v=1 b
## status: 0
## STDOUT:
2:a b 1
[]
y
declare -x w
3:a v=1 b 
## END
#### the arguments of calls under extdebug
shopt -s extdebug; f() { echo "${BASH_ARGC[@]}" / "${BASH_ARGV[@]}"; g x; }; g() { echo "${BASH_ARGC[@]}" / "${BASH_ARGV[@]}"; }; f a "b c" d; f; echo "${BASH_ARGC[@]}"
## status: 0
## STDOUT:
3 0 / d b c a
1 3 0 / x d b c a
0 0 /
1 0 0 / x
0
## END
#### two slashes
cd //; pwd; cd tmp; pwd; cd /; pwd; cd //tmp; pwd; cd ///; pwd; cd /../..; pwd; cd //tmp/..; pwd
## status: 0
## STDOUT:
//
//tmp
/
//tmp
/
/
//
## END
#### a removed folder
cd "$TMP"; mkdir d; cd d; rmdir ../d; pwd -P 2>&1; echo $?; cd . 2>&1; echo $?; ls; touch x 2>/dev/null; echo $?; cd ..; echo $?
## status: 0
## STDOUT:
pwd: error retrieving current directory: getcwd: cannot access parent directories: No such file or directory
1
chdir: error retrieving current directory: getcwd: cannot access parent directories: No such file or directory
0
1
0
## END
#### processes that signals ended
{ bash -c 'kill -TERM $$; echo no'; echo $?; } 2>&1; { bash -c 'kill -HUP $$'; } 2>&1 | sed 's/  *[0-9]\{2,\} / PID /'; { (kill -KILL $BASHPID); echo $?; } 2>&1 | sed 's/  *[0-9]\{2,\} / PID /'
{ sleep 5 & kill -9 $!; wait $!; echo $?; } 2>&1 | sed 's/  *[0-9]\{2,\} / PID /'; { sleep 5 & kill $!; wait $!; echo $?; } 2>&1
## status: 0
## STDOUT:
Terminated
143
bash: line 1: PID Hangup                  bash -c 'kill -HUP $$'
bash: line 1: PID Killed                  ( kill -KILL $BASHPID )
137
bash: line 2: PID Killed                  sleep 5
137
143
## END
#### a nameref of its own name
f() { local -n x=x; x=1; echo "${x-}"; }; x=7; f 2>/dev/null; echo $x; declare -n a=b b=a; echo "[$a]" 2>/dev/null
## status: 0
## STDOUT:
1
1
[]
## END
#### bind lists
bind -l 2>/dev/null | cksum; bind -p 2>/dev/null | cksum; bind -P 2>/dev/null | cksum; bind -v 2>/dev/null | cksum; bind -V 2>/dev/null | cksum; bind -q abort 2>&1; bind -q nosuch 2>&1; bind -q alias-expand-line 2>/dev/null; echo $?; bind -m nosuch 2>&1; bind -z 2>&1 | head -2
## status: 0
## STDOUT:
708964403 2955
3003435079 11600
1691763811 7663
1611385262 1235
2513950770 1603
bash: line 1: bind: warning: line editing not enabled
abort can be invoked via "\C-g", "\C-x\C-g", "\e\C-g".
bash: line 1: bind: warning: line editing not enabled
bash: line 1: bind: `nosuch': unknown function name
alias-expand-line is not bound to any keys.
1
bash: line 1: bind: warning: line editing not enabled
bash: line 1: bind: `nosuch': invalid keymap name
bash: line 1: bind: warning: line editing not enabled
bash: line 1: bind: -z: invalid option
## END
#### help in short
help -s cd 'ec*'; help -d cd true '[['; help -d '[['; help -d '*' | cksum; help -s '*' | cksum; help | cksum; help nosuch 2>&1; echo $?; help true | head -2; help -s ech
## status: 0
## STDOUT:
cd: cd [-L|[-P [-e]] [-@]] [dir]
echo: echo [-neE] [arg ...]
cd - Change the shell working directory.
true - Return a successful result.
[[ ... ]] - Execute conditional command.
[[ ... ]] - Execute conditional command.
1608428161 3489
1266722110 3637
300695393 3000
bash: line 1: help: no help topics match `nosuch'.  Try `help help' or `man -k nosuch' or `info nosuch'.
1
true: true
    Return a successful result.
echo: echo [-neE] [arg ...]
## END
#### logout and suspend
logout 2>&1; echo $?; suspend 2>&1; echo $?; suspend -x 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: logout: not login shell: use `exit'
1
bash: line 1: suspend: cannot suspend: no job control
1
bash: line 1: suspend: -x: invalid option
suspend: usage: suspend [-f]
2
## END
#### a folder as standard input
cd "$TMP"; mkdir e; cat < e 2>&1; echo $?; head -1 < e 2>/dev/null; echo $?
## status: 0
## STDOUT:
cat: -: Is a directory
1
1
## END
#### numbers of descriptors that are none
cd "$TMP"; x=abc; { echo a 1>&$x; } 2>&1; cat abc; { cat <&$x; } 2>&1; echo $?; { exec {nosuch}<&-; } 2>&1; echo $?
## status: 0
## STDOUT:
a
bash: line 1: abc: ambiguous redirect
1
bash: line 1: nosuch: ambiguous redirect
1
## END
#### syntax errors in a sourced file
cd "$TMP"; printf 'echo one\nif then\n' > s; . ./s 2>&1; echo $?; echo 'done' > t; source ./t 2>&1; echo $?
## status: 0
## STDOUT:
one
./s: line 2: syntax error near unexpected token `then'
./s: line 2: `if then'
2
./t: line 1: syntax error near unexpected token `done'
./t: line 1: `done'
2
## END
#### tracing what cannot be printed
exec 2>&1; set -x; : $'\e' $'a\tb' 'x y'; unset PS4; : no prefix
## status: 0
## STDOUT:
+ : $'\E' 'a	b' 'x y'
+ unset PS4
: no prefix
## END
#### bash tells how it is called
bash --nosuch 2>&1 | head -4; bash -Q 2>&1 | tail -2; bash --posix -c 'echo $POSIXLY_CORRECT'
## status: 0
## STDOUT:
bash: --nosuch: invalid option
Usage:	bash [GNU long option] [option] ...
	bash [GNU long option] [option] script-file ...
GNU long options:
	-ilrsD or -c command or -O shopt_option		(invocation only)
	-abefhkmnptuvxBCEHPT or -o option
y
## END
#### braces and names that lengthen
a=1 b=3; echo {$a..$b} {$a,$b} {a,$a}{x,y} pre{1..2}post{a,b}; f() { echo $#; }; f {a,$nosuch}{x,y}
## status: 0
## STDOUT:
{1..3} 1 3 ax ay pre1posta pre1postb pre2posta pre2postb
2
## END
#### $'...' in a printed function
f() { echo $'d\n' "a $'b'" 'c' $'it\'s' \$'x'; { g; }; { h; } > f & i; }; declare -f f
## status: 0
## STDOUT:
f () 
{ 
    echo 'd
' "a $'b'" 'c' 'it'\''s' \$'x';
    { 
        g
    };
    { 
        h
    } > f & i
}
## END
#### getopts keeps its place
getopts a 1x -a 2>/dev/null; echo $? $OPTIND; getopts ab o -ab; echo $? $o $OPTIND
## status: 0
## STDOUT:
1 2
1 ? 2
## END
#### keys that look like all
declare -A m; m[@]=4; k='*'; m[$k]=5; m[a]=1; declare -p m
## status: 0
## STDOUT:
declare -A m=(["*"]="5" ["@"]="4" [a]="1" )
## END
#### hash counts what it tells
hash ls; hash -t ls; hash; ls > /dev/null; hash
## status: 0
## STDOUT:
/usr/bin/ls
hits	command
   1	/usr/bin/ls
hits	command
   2	/usr/bin/ls
## END
#### jobs with process numbers
sleep 0.1 & jobs -l | sed 's/[0-9][0-9]*/N/g; s/  */ /g'; wait
## status: 0
## STDOUT:
[N]+ N Running sleep N.N &
## END
#### PS4 with a command substitution
n=0
BASH_XTRACEFD=1
PS4='[$(echo in)$LINENO] '
set -x
echo a
n=$(echo 1)
for i in 1 2; do
  [[ $i == 1 ]]
done
set +x
echo $?
## status: 0
## STDOUT:
[in5] echo a
a
[in6] n='[[in6] echo 1
1'
[in7] for i in 1 2
[in8] [[ 1 == 1 ]]
[in7] for i in 1 2
[in8] [[ 2 == 1 ]]
[in10] set +x
0
## END
#### the line that the ERR trap sees
trap 'echo "err $LINENO"' ERR
(exit 3)
( false )
true |
  false
false |
  { true; false; }
for i in 1; do
  (exit 6)
done
echo "$(false)"
## status: 0
## STDOUT:
err 2
err 3
err 5
err 6
err 9

## END
#### under set -E a failing stage of a pipeline runs the ERR trap once
set -E
trap 'echo "err $LINENO $?"' ERR
f() {
  true |
    (exit 3)
  true | false
}
f
true | { false; true; }
if true; then
  true | false
fi
## status: 1
## STDOUT:
err 5 3
err 5 3
err 6 1
err 8 1
err 9 1
err 11 1
## END
#### an expansion that never ends
eval 'echo $((1+'
echo $?
## status: 0
## STDOUT:
2
## END
#### under set -E what a stage of a pipeline runs has the ERR trap
set -E
trap 'echo "err $LINENO" >&2' ERR
exec 2>&1
true | echo $(false; echo x)
true | x=$(false; echo x)
true | eval 'false; true'
f() { false; true; }
true | f
f | cat
## status: 0
## STDOUT:
err 4
x
err 5
err 6
err 7
err 7
## END
