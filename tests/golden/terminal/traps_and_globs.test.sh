#### RETURN and DEBUG count the lines of the function
trap 'echo R $LINENO $FUNCNAME' RETURN
set -T
f() {
    echo in

}
f
g() {
    f
    return 3
}
g
trap - RETURN
trap 'echo D $LINENO $FUNCNAME' DEBUG
f
## status: 0
## STDOUT:
in
R 3 f
in
R 3 f
R 10 g
D 15
D 3 f
D 4 f
in
## END
#### RETURN after a sourced file, which has no DEBUG trap
cd "$TMP"; printf 'echo inside\nreturn 3\n' > file
trap 'echo D $LINENO' DEBUG; trap 'echo R $LINENO' RETURN
. ./file
echo $?
## status: 0
## STDOUT:
D 2
D 3
inside
R 3
D 4
3
## END
#### extdebug skips what the DEBUG trap refuses
shopt -s extdebug
trap '[ -z "$no" ]' DEBUG
x=1; no=1
x=2
trap - DEBUG
echo $x
## status: 0
## STDOUT:
## END
#### the lines of substitutions
echo $LINENO $(echo $LINENO
echo $LINENO) `echo $LINENO
echo $LINENO`
x=$(
    echo $LINENO
    echo $LINENO
)
echo $x
## status: 0
## STDOUT:
1 1 2 1 2
7 8
## END
#### ERR of subshells
trap 'echo ERR $LINENO' ERR
( false
) >/dev/null
( exit 3
)
(
    exit 3 )
## status: 3
## STDOUT:
ERR 3
ERR 5
ERR 7
## END
#### command keeps special builtins from ending the shell
set -o posix
readonly fixed=1
command eval 'fi' 2>/dev/null || echo 1
command export fixed=2 || echo 2
command return 3 || echo 3
command shift 9 || echo 4
command set -o nothing 2>/dev/null || echo 5
## status: 0
## STDOUT:
1
2
3
4
5
## END
#### posix redirections are no patterns
cd "$TMP"; echo text > one.txt; set -o posix
cat < *.txt; echo $?
echo more > *.txt; set +o posix; ls
## status: 0
## STDOUT:
1
*.txt
one.txt
## END
#### **
cd "$TMP"; mkdir -p a/a/b b/a; touch a/x a/a/x; ln -s a c; shopt -s globstar
echo **; echo a/**; echo **/a/**; echo a/**/**; echo **/; echo **/x
## status: 0
## STDOUT:
a a/a a/a/b a/a/x a/x b b/a c
a/ a/a a/a/b a/a/x a/x
a a/a a/a a/a/b a/a/b a/a/x a/a/x a/x b/a
a a/a a/a/b a/a/x a/x
a/ a/a/ a/a/b/ b/ b/a/ c/
a/a/x a/x
## END
#### dots and extended patterns
cd "$TMP"; mkdir d; cd d; touch .a .foo bar; shopt -s extglob
echo @(.*) !(.*) @(.foo|*) *(bar).foo ?(.)foo +(?)a
shopt -u globskipdots; echo @(.*) ; echo .*
shopt -s dotglob; echo * ; echo @(*)
## status: 0
## STDOUT:
.a .foo bar .foo bar .foo .foo +(?)a
. .. .a .foo
. .. .a .foo
.a .foo bar
.a .foo bar
## END
#### brackets with a slash
shopt -s nullglob; echo [a/b] [a/ [ab] x
cd "$TMP"; mkdir -p t/u; touch t/u/v; name='t\/u/*'; echo $name
## status: 0
## STDOUT:
[a/b] [a/ x
t/u/v
## END
#### read takes escaped blanks from the end
echo ' a  b\ ' | { read x; echo "<$x>"; }
echo ' a  b\ ' | { read x y; echo "<$x><$y>"; }
## status: 0
## STDOUT:
<a  b>
<a><b >
## END
#### printf counts, and dates with brackets
printf 'abc%n\n' count; echo $count
printf '%(<%Y (%m)>)T\n' 0
printf '%(%Y)Z\n'; printf '\x\n'; printf '%b\n' '\x'
## status: 0
## STDOUT:
abc
3
<1970 (01)>
%(\x
\x
## END
#### the stack of directories
cd /; pushd /tmp >/dev/null; pushd -n /usr; DIRSTACK[1]=/bin; dirs; pushd -x; dirs +9; popd -x
## status: 2
## STDOUT:
/tmp /usr /
/tmp /bin /
## END
#### quoted numbers in braces
printf '<%s>' $'a\x{41}b' $'a\x{}b'; echo
## status: 0
## STDOUT:
<aAb><a>
## END
#### closed descriptors are printed
f() { exec 3<&- {v}<&- {in}<&$x; }; type f
## status: 0
## STDOUT:
f is a function
f () 
{ 
    exec 3>&- {v}>&- {in}<&$x
}
## END
#### hashing and kill
set +h; hash x; kill ''; [ \( a = a ]; echo $?
## status: 0
## STDOUT:
2
## END
