#### unknown commands
nosuch 2>&1; echo $?; ./nosuch 2>&1; echo $?; /no/such 2>&1; echo $?; nosuch | cat 2>&1; '' 2>&1; echo $?; 'a b' 2>&1
## status: 127
## STDOUT:
bash: line 1: nosuch: command not found
127
bash: line 1: ./nosuch: No such file or directory
127
bash: line 1: /no/such: No such file or directory
127
bash: line 1: : command not found
127
bash: line 1: a b: command not found
## END
#### what cannot run
cd "$TMP"; echo 'echo hi' > f; ./f 2>&1; echo $?; mkdir d; ./d 2>&1; echo $?; . d 2>&1; echo $?; chmod +x f; ./f; printf '#!/nosuch/interp\n' > g; chmod +x g; ./g 2>&1; echo $?; rm -r f d g
## status: 0
## STDOUT:
bash: line 1: ./f: Permission denied
126
bash: line 1: ./d: Is a directory
126
bash: line 1: .: d: is a directory
1
hi
bash: line 1: ./g: cannot execute: required file not found
127
## END
#### redirection errors
cat < /nosuch 2>&1; echo $?; echo x > /nosuch/f 2>&1; echo $?; echo x > / 2>&1; echo $?; { echo a >&7; } 2>&1; echo $?; x=; { echo a > $x; } 2>&1; echo $?; { echo > a b c; } ; rm -f a; { cat <&x; } 2>&1; echo $?; { : > "$TMP/"; } 2>&1 | sed "s,$TMP,T,"
## status: 0
## STDOUT:
1
1
1
bash: line 1: 7: Bad file descriptor
1
bash: line 1: $x: ambiguous redirect
1
bash: line 1: x: ambiguous redirect
1
bash: line 1: T/: Is a directory
## END
#### redirection errors of compound commands
for i in 1; do echo no; done < /nosuch 2>&1; echo $?; { echo no; } < /nosuch 2>&1; echo $?; (echo no) < /nosuch 2>&1; echo $?; f() { echo no; }; f < /nosuch 2>&1; echo $?; if true; then echo no; fi < /nosuch 2>&1; echo $?; : < /nosuch 2>&1; echo still
## status: 0
## STDOUT:
1
1
1
1
1
still
## END
#### syntax errors from a string
for s in 'if' 'fi' 'echo )' '(' '{ echo' 'for' 'for x in a; echo' 'case x' '| a' 'a |' 'a ||' '&& a' 'a;;' ';' 'while true' 'do' 'echo <' 'f() ' 'f( ' '"a' "'a" '$(' '${x' '`a' '((1+' '[[ a' 'then' 'else' 'esac' 'a & & b' 'for 1x in a; do :; done' 'function' 'select' '! ' '{' '}' 'in' '<<' 'echo a b)' 'if true; then fi' 'while; do :; done' 'case a in b' 'case a in b) c'; do bash -c "$s" 2>&1; echo "$? from $s"; done
## status: 0
## STDOUT:
bash: -c: line 2: syntax error: unexpected end of file
2 from if
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `fi'
2 from fi
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `echo )'
2 from echo )
bash: -c: line 2: syntax error: unexpected end of file
2 from (
bash: -c: line 2: syntax error: unexpected end of file
2 from { echo
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `for'
2 from for
bash: -c: line 1: syntax error near unexpected token `echo'
bash: -c: line 1: `for x in a; echo'
2 from for x in a; echo
bash: -c: line 2: syntax error: unexpected end of file
2 from case x
bash: -c: line 1: syntax error near unexpected token `|'
bash: -c: line 1: `| a'
2 from | a
bash: -c: line 2: syntax error: unexpected end of file
2 from a |
bash: -c: line 2: syntax error: unexpected end of file
2 from a ||
bash: -c: line 1: syntax error near unexpected token `&&'
bash: -c: line 1: `&& a'
2 from && a
bash: -c: line 1: syntax error near unexpected token `;;'
bash: -c: line 1: `a;;'
2 from a;;
bash: -c: line 1: syntax error near unexpected token `;'
bash: -c: line 1: `;'
2 from ;
bash: -c: line 2: syntax error: unexpected end of file
2 from while true
bash: -c: line 1: syntax error near unexpected token `do'
bash: -c: line 1: `do'
2 from do
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `echo <'
2 from echo <
bash: -c: line 2: syntax error: unexpected end of file
2 from f() 
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `f( '
2 from f( 
bash: -c: line 1: unexpected EOF while looking for matching `"'
2 from "a
bash: -c: line 1: unexpected EOF while looking for matching `''
2 from 'a
bash: -c: line 2: unexpected EOF while looking for matching `)'
2 from $(
bash: -c: line 1: unexpected EOF while looking for matching `}'
2 from ${x
bash: -c: line 1: unexpected EOF while looking for matching ``'
2 from `a
bash: -c: line 1: unexpected EOF while looking for matching `)'
2 from ((1+
bash: -c: line 1: unexpected token `newline', conditional binary operator expected
2 from [[ a
bash: -c: line 1: syntax error near unexpected token `then'
bash: -c: line 1: `then'
2 from then
bash: -c: line 1: syntax error near unexpected token `else'
bash: -c: line 1: `else'
2 from else
bash: -c: line 1: syntax error near unexpected token `esac'
bash: -c: line 1: `esac'
2 from esac
bash: -c: line 1: syntax error near unexpected token `&'
bash: -c: line 1: `a & & b'
2 from a & & b
bash: line 1: `1x': not a valid identifier
1 from for 1x in a; do :; done
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `function'
2 from function
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `select'
2 from select
1 from ! 
bash: -c: line 2: syntax error: unexpected end of file
2 from {
bash: -c: line 1: syntax error near unexpected token `}'
bash: -c: line 1: `}'
2 from }
bash: -c: line 1: syntax error near unexpected token `in'
bash: -c: line 1: `in'
2 from in
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `<<'
2 from <<
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `echo a b)'
2 from echo a b)
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `if true; then fi'
2 from if true; then fi
bash: -c: line 1: syntax error near unexpected token `;'
bash: -c: line 1: `while; do :; done'
2 from while; do :; done
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `case a in b'
2 from case a in b
bash: -c: line 2: syntax error: unexpected end of file
2 from case a in b) c
## END
#### syntax errors in a file
cd "$TMP"; printf 'echo one\nif true; then\n  echo two\n' > s; bash s 2>&1; echo $?; printf 'echo one\necho )\necho no\n' > s; bash s 2>&1; echo $?; printf 'echo "open\nline\n' > s; bash s 2>&1; echo $?; printf 'a=1\nfor x in 1 2\necho $x\ndone\n' > s; bash s 2>&1; echo $?; rm s
## status: 0
## STDOUT:
one
s: line 4: syntax error: unexpected end of file
2
one
s: line 2: syntax error near unexpected token `)'
s: line 2: `echo )'
2
s: line 1: unexpected EOF while looking for matching `"'
2
s: line 3: syntax error near unexpected token `echo'
s: line 3: `echo $x'
2
## END
#### syntax errors of standard input
printf 'echo a\nfi\necho b\n' | bash 2>&1; echo $?; printf 'echo a\n(\n' | bash 2>&1; echo $?; printf 'cat <<E\nx\n' | bash 2>&1; echo $?
## status: 0
## STDOUT:
a
bash: line 2: syntax error near unexpected token `fi'
bash: line 2: `fi'
2
a
bash: line 3: syntax error: unexpected end of file
2
bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `E')
x
0
## END
#### messages name the line
printf 'true\n\nnosuch\n' | bash 2>&1; bash -c 'true
nosuch' 2>&1; bash -c 'f() {
nosuch
}
f' name 2>&1; printf 'nosuch\n' > "$TMP/s"; bash "$TMP/s" 2>&1 | sed 's,.*/,,'; rm "$TMP/s"
## status: 0
## STDOUT:
bash: line 3: nosuch: command not found
bash: line 2: nosuch: command not found
environment: line 2: nosuch: command not found
s: line 1: nosuch: command not found
## END
#### arithmetic errors
for e in '1/0' '1 +' '1 2' 'a b' '(1' '08' '2#3' '1++' '5 % 0' '"a"' '1 ? 2' '@' '2 ** -1' 'x = ' '1 = 2' '99999999999999999999' '0x' '64#a' '65#1' "'1'"; do bash -c "echo \$(($e))" 2>&1; echo $?; done
## status: 0
## STDOUT:
bash: line 1: 1/0: division by 0 (error token is "0")
1
bash: line 1: 1 +: syntax error: operand expected (error token is "+")
1
bash: line 1: 1 2: syntax error in expression (error token is "2")
1
bash: line 1: a b: syntax error in expression (error token is "b")
1
bash: -c: line 1: unexpected EOF while looking for matching `)'
2
bash: line 1: 08: value too great for base (error token is "08")
1
bash: line 1: 2#3: value too great for base (error token is "2#3")
1
bash: line 1: 1++: syntax error: operand expected (error token is "+")
1
bash: line 1: 5 % 0: division by 0 (error token is "0")
1
0
0
bash: line 1: 1 ? 2: `:' expected for conditional expression (error token is "2")
1
bash: line 1: @: syntax error: operand expected (error token is "@")
1
bash: line 1: 2 ** -1: exponent less than 0 (error token is "1")
1
bash: line 1: x = : syntax error: operand expected (error token is "= ")
1
bash: line 1: 1 = 2: attempted assignment to non-variable (error token is "= 2")
1
7766279631452241919
0
0
0
10
0
bash: line 1: 65#1: invalid arithmetic base (error token is "65#1")
1
bash: line 1: '1': syntax error: operand expected (error token is "'1'")
1
## END
#### arithmetic command errors
((1/0)) 2>&1; echo $?; let '1 +' 2>&1; echo $?; [[ 1/0 -eq 1 ]] 2>&1; echo $?; x='1 +'; echo $((x)) 2>&1; echo after; a=(1); echo ${a[1/0]} 2>&1; echo after; for ((i=0; i<1/0; i++)); do :; done 2>&1; echo $?
## status: 1
## STDOUT:
bash: line 1: ((: 1/0: division by 0 (error token is "0")
1
bash: line 1: let: 1 +: syntax error: operand expected (error token is "+")
1
bash: line 1: [[: 1/0: division by 0 (error token is "0")
1
## END
#### errors of builtins
cd /nosuch 2>&1; cd '' ; echo $?; export -z 2>&1; echo $?; unset -z 2>&1; echo $?; declare -Z 2>&1 | head -1; local x 2>&1; shift 99; echo $?; break 2>&1; continue 2>&1; return 2>&1; umask x 2>&1; ulimit -Z 2>&1 | head -1; wait x 2>&1; kill x 2>&1; jobs -z 2>&1 | head -1; trap x y 2>&1; exit_x 2>&1; read -t x y 2>&1; printf -v 2>&1 | head -1; getopts 2>&1 | head -1; eval '(' 2>&1; source 2>&1 | head -1; alias nosuch 2>&1; type nosuch 2>&1; hash nosuch 2>&1; bind -z 2>/dev/null; mapfile -n x a 2>&1; set -q 2>&1 | head -1; shopt -z 2>&1 | head -1; command -z 2>&1 | head -1; let 2>&1; pushd /x/y 2>&1; test a b c d e 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: cd: /nosuch: No such file or directory
0
bash: line 1: export: -z: invalid option
export: usage: export [-fn] [name[=value] ...] or export -p
2
bash: line 1: unset: -z: invalid option
unset: usage: unset [-f] [-v] [-n] [name ...]
2
bash: line 1: declare: -Z: invalid option
bash: line 1: local: can only be used in a function
1
bash: line 1: break: only meaningful in a `for', `while', or `until' loop
bash: line 1: continue: only meaningful in a `for', `while', or `until' loop
bash: line 1: return: can only `return' from a function or sourced script
bash: line 1: umask: `x': invalid symbolic mode operator
bash: line 1: ulimit: -Z: invalid option
bash: line 1: wait: `x': not a pid or valid job spec
bash: line 1: kill: x: arguments must be process or job IDs
bash: line 1: jobs: -z: invalid option
bash: line 1: trap: y: invalid signal specification
bash: line 1: exit_x: command not found
bash: line 1: read: x: invalid timeout specification
bash: line 1: printf: -v: option requires an argument
getopts: usage: getopts optstring name [arg ...]
bash: eval: line 2: syntax error: unexpected end of file
bash: line 1: source: filename argument required
bash: line 1: alias: nosuch: not found
bash: line 1: type: nosuch: not found
bash: line 1: hash: nosuch: not found
bash: line 1: mapfile: x: invalid line count
bash: line 1: set: -q: invalid option
bash: line 1: shopt: -z: invalid option
bash: line 1: command: -z: invalid option
bash: line 1: let: expression expected
bash: line 1: pushd: /x/y: No such file or directory
bash: line 1: test: too many arguments
2
## END
#### readonly errors
readonly x=1; (x=2; echo no) 2>&1; echo $?; (export x=3; echo "export $?") 2>&1; (declare x=4; echo "declare $?") 2>&1; (unset x; echo "unset $?") 2>&1; (read x <<< 5; echo "read $?") 2>&1; (for x in 1; do echo no; done; echo "for $?") 2>&1; (x=6 true; echo "prefix $?") 2>&1; ((x++)) 2>&1; echo $?; (printf -v x a; echo "printf $?") 2>&1; (f() { local x=7; echo "local $?"; }; f) 2>&1
## status: 0
## STDOUT:
bash: line 1: x: readonly variable
1
bash: line 1: x: readonly variable
export 1
bash: line 1: declare: x: readonly variable
declare 1
bash: line 1: unset: x: cannot unset: readonly variable
unset 1
bash: line 1: x: readonly variable
read 1
bash: line 1: x: readonly variable
for 1
bash: line 1: x: readonly variable
prefix 0
bash: line 1: x: readonly variable
1
bash: line 1: x: readonly variable
printf 1
main: line 1: local: x: readonly variable
local 1
## END
#### names that are none
1x=2 2>&1; echo $?; a-b=1 2>&1; echo $?; export a-b=1 2>&1; echo $?; declare 1=2 2>&1; echo $?; readonly 'a b' 2>&1; echo $?; for i-j in 1; do :; done 2>&1; unset a-b 2>&1; echo $?; bash -c 'for 1 in a; do :; done' 2>&1; echo $?; f-g() { echo dash; }; f-g; function h.i { echo dot; }; h.i
## status: 0
## STDOUT:
bash: line 1: 1x=2: command not found
127
bash: line 1: a-b=1: command not found
127
bash: line 1: export: `a-b=1': not a valid identifier
1
bash: line 1: declare: `1=2': not a valid identifier
1
bash: line 1: readonly: `a b': not a valid identifier
1
bash: line 1: `i-j': not a valid identifier
0
bash: line 1: `1': not a valid identifier
1
dash
dot
## END
#### bash options that are wrong
bash -Z 2>&1 | head -1; bash --nosuch 2>&1 | head -1; bash -c 2>&1; echo $?; bash /nosuch/file 2>&1; echo $?; bash -o nosuch 2>&1; echo $?; bash / 2>&1; echo $?; bash -O nosuch 2>&1; echo $?
## status: 0
## STDOUT:
bash: -Z: invalid option
bash: --nosuch: invalid option
bash: -c: option requires an argument
2
bash: /nosuch/file: No such file or directory
127
bash: line 0: bash: nosuch: invalid option name
2
/: /: Is a directory
126
bash: line 0: nosuch: invalid shell option name
2
## END
#### statuses
true; echo $?; false; echo $?; (exit 42); echo $?; nosuch 2>/dev/null; echo $?; sh -c 'exit 5'; echo $?; ! true; echo $?; x=$(exit 6); echo $?; x=$(exit 6) true; echo $?; : $(exit 6); echo $?; $(exit 7); echo $?; { exit 8; } & wait $!; echo $?
## status: 0
## STDOUT:
0
1
42
127
5
1
6
0
0
7
8
## END
#### signals as statuses
bash -c 'kill -INT $$'; echo $?; bash -c 'kill -USR1 $$' 2>/dev/null; echo $?; (kill -TERM $BASHPID) 2>/dev/null; echo $?; sleep 10 & kill $!; wait $! 2>/dev/null; echo $?; yes | head -1; echo "${PIPESTATUS[@]}"
## status: 0
## STDOUT:
130
138
143
143
y
141 0
## END
#### warnings of here-documents
bash -c 'cat <<E
text' 2>&1; bash -c 'x=$(cat <<E
in
); echo "$x"' 2>&1
## status: 2
## STDOUT:
bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `E')
text
bash: line 3: warning: here-document at line 1 delimited by end-of-file (wanted `E')
bash: -c: line 4: unexpected EOF while looking for matching `)'
## END
#### a function without end
bash -c 'f() { f; }; FUNCNEST=10; f' 2>&1 | head -1
## status: 0
## STDOUT:
environment: line 1: f: maximum function nesting level exceeded (10)
## END
