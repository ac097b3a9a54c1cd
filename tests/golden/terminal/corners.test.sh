#### a quoted word does not end what an alias with a blank allows, an alias inside another does
shopt -s expand_aliases
alias say='echo ' w='word' outer='say'
say "q" w
outer w
say w
BASH_ALIASES['a b']=1 2>/dev/null
BASH_ALIASES[made]='echo made'
made
## status: 0
## STDOUT:
q word
w
word
made
## END
#### the delimiter of a here-document over two lines
cat <<E\
ND
body
END
echo after
## status: 0
## STDOUT:
body
after
## END
#### subscripts in arithmetic are expanded once more
a=(7 8 9) i=1
x='a[$i]'; echo $((x + 1))
unset 'a[$((i + 1))]'; declare -p a
unset "a[\$i]"; declare -p a
echo $((010#5)) 2>&1
## status: 1
## STDOUT:
9
declare -a a=([0]="7" [1]="8")
declare -a a=([0]="7")
## END
#### names that name each other without end
exec 2>&1
p=q+1 q=p+1
echo $((p))
echo after
## status: 0
## STDOUT:
bash: line 3: q+1: expression recursion level exceeded (error token is "q+1")
after
## END
#### a negative subscript of what is no array
exec 2>&1
s=text
echo "[${s[-1]}]" $?
## status: 0
## STDOUT:
bash: line 3: s: bad array subscript
[] 0
## END
#### unset names in (( )) and lengths under set -u
exec 2>&1
set -u
b=([2]=x)
echo ${#b[7]}
(echo ${#b})
(declare -a none; echo ${#none[@]})
(echo ${#none[1]})
((nowhere))
## status: 1
## STDOUT:
0
bash: line 5: b: unbound variable
bash: line 6: none: unbound variable
bash: line 7: none: unbound variable
bash: line 8: nowhere: unbound variable
## END
#### let and eval take compound values as text
let x=(1+2) y=( x * 2 ); echo $x $y
eval w=("a b" c); echo "${#w[@]}"
## status: 0
## STDOUT:
3 6
3
## END
#### a subscript that is not closed is a bad substitution
exec 2>&1
a=(1)
echo ${a[}
echo ${#a[x}
echo after
## status: 0
## STDOUT:
bash: line 3: ${a[}: bad substitution
bash: line 4: ${#a[x}: bad substitution
after
## END
#### the default of no arguments is one empty word
count() { echo $#; }
a=() b=('' '')
count "${@-}"; count "${@:-}"; count "${a[@]-}"; count "${none[@]-}"; count "${b[@]:+}"; count "${@+}"; count "$@"
count "${@-"$@"}"
## status: 0
## STDOUT:
1
1
1
1
1
0
0
1
## END
#### a single quote hides the brace in a quoted default
echo "${none-'}'}" "${none:-'a}b'}" "${none-"'"}"
eval 'echo "${none:-it'"'"'s}"' 2>/dev/null; echo $?
## status: 0
## STDOUT:
'}' 'a}b' '
2
## END
#### quoted quotes in keys
declare -A m=(["a\"b"]=1 ['"']=2)
declare -p m
m["c\"d]"]=3; echo "${m["c\"d]"]}"
echo "${m[@]@K}"
eval "$(declare -p m)"; echo ${#m[@]}
v="'"; echo "${v@Q}"
set -- p; echo "[${1@A}]"; declare z; echo "[${z@A}]"
: ${a[@]:=x} 2>&1; echo $?
## status: 2
## STDOUT:
declare -A m=(["\""]="2" ["a\"b"]="1" )
3
"\"" "2" "a\"b" "1" "c\"d]" "3" 
3
\'
[]
[]
## END
#### what |& sends comes after the redirections of its command
{ echo e >&2; } 2>/dev/null |& cat
f() { echo a |& cat; }
declare -f f
## status: 0
## STDOUT:
e
f () 
{ 
    echo a 2>&1 | cat
}
## END
#### variables before a command: no attributes, arrays as text, not for its redirections
cd "$TMP"
declare -i n=1; n=2+3 printenv n; declare -u u; u=low printenv u
name=one
name=two echo hello > $name; ls
name=three > $name; ls
## status: 0
## STDOUT:
2+3
low
one
one
three
## END
#### what the child of a program cannot expand is its own affair
exec 2>&1
set -u
cat <<< $none; echo $?
cat << E
$((1/0))
E
echo $?
cat > $none; echo $?
read x <<< $none
echo not here
## status: 1
## STDOUT:
bash: line 3: none: unbound variable
1
bash: line 4: 1/0: division by 0 (error token is "0")
1
bash: line 8: none: unbound variable
1
bash: line 9: none: unbound variable
## END
#### what runs in the background: input and !
echo data | { cat & wait; }
cat & wait
! true & wait $!; echo $?
! (exit 3) & wait $!; echo $?
## status: 0
## STDOUT:
data
0
3
## END
#### break and continue in a substitution end it
for i in 1 2; do echo "$(echo a; break; echo b)" $i; done
while true; do x=$(echo c; continue; echo d); echo $x; break; done
## status: 0
## STDOUT:
a 1
a 2
c
## END
#### eval and . begin with the status from before, and end with 0 when they are empty
cd "$TMP"
false; eval 'echo $?'
false; eval ''; echo $?
echo 'echo $?' > s; false; . ./s
: > s; false; . ./s; echo $?
## status: 0
## STDOUT:
1
0
1
0
## END
#### set -t
bash <<'E'
set -t; echo one; echo two
echo three
E
## status: 0
## STDOUT:
one
two
## END
#### problems in the text of a trap
exec 2>&1
trap 'echo "' ERR; false; trap - ERR
trap 'fi' USR1; kill -USR1 $$
trap 'for' DEBUG; :
trap - DEBUG
trap ')' EXIT
## status: 0
## STDOUT:
bash: error trap: line 2: unexpected EOF while looking for matching `"'
bash: trap: line 1: syntax error near unexpected token `fi'
bash: trap: line 1: `fi'
bash: debug trap: line 4: syntax error near unexpected token `newline'
bash: debug trap: line 4: `for'
bash: debug trap: line 5: syntax error near unexpected token `newline'
bash: debug trap: line 5: `for'
bash: exit trap: line 1: syntax error near unexpected token `)'
bash: exit trap: line 1: `)'
## END
#### extdebug: a DEBUG trap that fails leaves its command out
shopt -s extdebug
trap '[[ $BASH_COMMAND != *skip* ]]' DEBUG
echo a
echo skip
x=skip
echo "b$x"
## status: 0
## STDOUT:
a
b
## END
#### the DEBUG trap in a function and a pipeline
set -T
f() {
  echo in
}
trap 'echo "$LINENO $BASH_COMMAND" >&2' DEBUG
exec 2>&1
f
{ echo b; } | cat > /dev/null
## status: 0
## STDOUT:
7 f
2 f
3 echo in
in
8 cat > /dev/null
8 echo b
## END
#### cd: the value of PWD goes to OLDPWD, and a named directory is shown as it was given
cd "$TMP"
PWD=other
cd /tmp; echo $OLDPWD
cd "$TMP"; mkdir d; v=d; shopt -s cdable_vars
cd v
cd -@ / 2>&1; pushd -q 2>&1
exec 2>&1
shopt -s execfail
exec /; echo $?
## status: 0
## STDOUT:
other
d
bash: line 6: cd: -@: invalid option
cd: usage: cd [-L|[-P [-e]] [-@]] [dir]
bash: line 6: pushd: -q: invalid number
pushd: usage: pushd [-n] [+N | -N | dir]
bash: line 9: /: Is a directory
bash: line 9: exec: /: cannot execute: Is a directory
126
## END
#### read names, mapfile names, printf %n
exec 2>&1
read a 2b c <<< 'x y z'; echo $? $a
read x <&-; echo $?
mapfile -c 0 m <<< a; echo $?
mapfile '' <<< a; echo $?
printf 'abc%n|%s\n' len d; echo $len
printf '%(x)Q\n' 0
kill -l -1 | head -n 1
[ '(' a = a ]; echo $?
hash -t; echo $?
## status: 0
## STDOUT:
bash: line 2: read: `2b': not a valid identifier
1 x
bash: line 3: read: read error: 0: Bad file descriptor
1
bash: line 4: mapfile: 0: invalid callback quantum
1
bash: line 5: mapfile: empty array variable name
2
abc|d
3
bash: line 7: printf: warning: `Q': invalid time format specification
%(x)Q
 1) SIGHUP	 2) SIGINT	 3) SIGQUIT	 4) SIGILL	 5) SIGTRAP
bash: line 9: [: `)' expected, found ]
2
bash: line 10: hash: -t: option requires an argument
1
## END
#### three digits or none in a prompt
v='\0\09\101'; echo "${v@P}"
## status: 0
## STDOUT:
\0\09A
## END
#### POSIX mode prints traps and aliases its own way
set -o posix
trap 'a b' INT; trap; trap -p TERM
alias q='x y'; alias q; alias -p
## status: 0
## STDOUT:
trap -- 'a b' INT
trap -- - TERM
q='x y'
alias q='x y'
## END
#### names of functions where there is none
cd "$TMP"
echo 'echo "[${FUNCNAME[*]}]"; f() { echo "[${FUNCNAME[*]}]"; }; f' > s; . ./s
BASH_ARGV0=other; nosuchcommand 2>&1
set | grep -E '^(RANDOM|LINENO|FUNCNAME|BASH_SUBSHELL)='
## status: 1
## STDOUT:
[]
[f source]
other: line 3: nosuchcommand: command not found
## END
#### lines of traps: signals and the end count anew
exec 2>&1
f() {

  kill -USR1 $$
}
trap 'echo $LINENO
echo $LINENO' USR1
f
trap 'echo ret $LINENO' RETURN
set -T
f
trap - RETURN
trap 'echo end $LINENO' EXIT
## status: 0
## STDOUT:
1
2
1
2
ret 2
end 1
## END
#### _ can be the variable of a loop
for _ in x y; do echo $_; done
## status: 0
## STDOUT:
x
y
## END
#### errexit that is ignored is ignored in a substitution too
set -e; shopt -s inherit_errexit
z=$(false; echo y) || echo failed
echo "[$z]"
q=$(false; echo n)
echo not here
## status: 1
## STDOUT:
[y]
## END
#### a subshell that a signal ended, whose signal has a trap
exec 2>&1
trap 'echo usr' USR1
(kill -USR1 $BASHPID; echo no); echo $?
trap 'echo "$BASH_COMMAND"' DEBUG
(a=1; b=2)
## status: 0
## STDOUT:
User defined signal 1
138
## END
#### POSIX mode: `command` keeps a special builtin from ending the shell
set -o posix
exec 2>&1
command . /nofile; echo $?
command export 1x; echo $?
command shift 4; echo $?
command set -Z; echo $?
command eval '('; echo $?
## status: 0
## STDOUT:
bash: line 3: /nofile: No such file or directory
1
bash: line 4: export: `1x': not a valid identifier
1
bash: line 5: shift: 4: shift count out of range
1
bash: line 6: set: -Z: invalid option
set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]
2
bash: eval: line 8: syntax error: unexpected end of file
2
## END
#### a file as a folder, and an array that does not end
exec 2>&1
cd "$TMP"
touch file
file/; echo $?; ./file/x; echo $?
command -pv ls
x=q; list=($x "a  b" 'c') printenv list
eval 'a=(1'; echo $?
## status: 0
## STDOUT:
bash: line 4: file/: Not a directory
126
bash: line 4: ./file/x: Not a directory
126
/bin/ls
(q a  b c)
bash: eval: line 7: unexpected EOF while looking for matching `)'
1
## END
#### the trace of an array shows $'...' as plain quotes
exec 2>&1
set -x
a=('' "x y" $'t\tb')
## status: 0
## STDOUT:
+ a=('' "x y" 't	b')
## END
#### PROMPT_COMMAND runs before the end of the input too
printf 'PS1=\nHISTFILE=\nPROMPT_COMMAND="echo pc"\necho a\n' | bash --norc -i 2>/dev/null
printf 'PROMPT_COMMAND=("echo 1" "echo 2")\ntrue; set -o | grep emacs' | HISTFILE= bash --norc -i 2>/dev/null
## status: 0
## STDOUT:
pc
a
pc
1
2
emacs          	on
1
2
## END
#### widths without end, and a separator of several bytes
printf '%99999999999d|\n' 1; echo $?
IFS=é read a b <<< 'péq r'; echo "$a|$b"
## status: 0
## STDOUT:
|
0
p|q r
## END
