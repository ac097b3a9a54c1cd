#### blanks split unquoted values
x='  a   b  c '; argv.py $x; argv.py "$x"
## status: 0
## STDOUT:
['a', 'b', 'c']
['  a   b  c ']
## END
#### a custom separator keeps empty fields
IFS=:; x='a::b:'; argv.py $x
## status: 0
## STDOUT:
['a', '', 'b']
## END
#### leading separator makes an empty field
IFS=:; x=':a'; argv.py $x
## status: 0
## STDOUT:
['', 'a']
## END
#### blank and other separators together
IFS=' :'; x='a : b::c '; argv.py $x
## status: 0
## STDOUT:
['a', 'b', '', 'c']
## END
#### no separators, no splitting
IFS=; x='a b'; argv.py $x
## status: 0
## STDOUT:
['a b']
## END
#### unset IFS splits at blanks
unset IFS; x=$'a\tb\nc'; argv.py $x
## status: 0
## STDOUT:
['a', 'b', 'c']
## END
#### splitting joins with literal text
x='a b'; argv.py 1${x}2
## status: 0
## STDOUT:
['1a', 'b2']
## END
#### adjacent expansions
x='a b' y='c d'; argv.py $x$y $x"$y"
## status: 0
## STDOUT:
['a', 'bc', 'd', 'a', 'bc d']
## END
#### no splitting in an assignment
x='a  b'; y=$x; argv.py "$y"
## status: 0
## STDOUT:
['a  b']
## END
#### no splitting in case and in [[
x='a b'; case $x in 'a b') echo case;; esac; [[ $x == 'a b' ]] && echo cond
## status: 0
## STDOUT:
case
cond
## END
#### splitting of a command substitution
argv.py $(echo '  a  b ') "$(echo '  a  b ')"
## status: 0
## STDOUT:
['a', 'b', '  a  b ']
## END
#### empty expansion vanishes
x=; argv.py $x a $x b "$x"
## status: 0
## STDOUT:
['a', 'b', '']
## END
#### quoted empty stays
x=; argv.py "$x"'' ""$x
## status: 0
## STDOUT:
['', '']
## END
#### IFS with newline only
IFS=$'\n'; x=$'a b\nc d'; argv.py $x
## status: 0
## STDOUT:
['a b', 'c d']
## END
#### literal text is not split
IFS=b; argv.py abc
## status: 0
## STDOUT:
['abc']
## END
#### star in unquoted form
IFS=x; set -- a b; argv.py $*; argv.py "$*"
## status: 0
## STDOUT:
['a', 'b']
['axb']
## END
#### backslash as separator
IFS='\'; x='a\b'; argv.py $x
## status: 0
## STDOUT:
['a', 'b']
## END
#### glob after splitting
cd $TMP; mkdir gs; cd gs; touch a.t b.t; x='*.t zz'; argv.py $x
## status: 0
## STDOUT:
['a.t', 'b.t', 'zz']
## END
#### set -f turns globs off
cd $TMP; mkdir gf; cd gf; touch a b; set -f; echo *; set +f; echo *
## status: 0
## STDOUT:
*
a b
## END
#### for loop splits
for x in $(printf 'a\nb c\n'); do echo "<$x>"; done
## status: 0
## STDOUT:
<a>
<b>
<c>
## END
#### an array element with blanks
a=('x y' z); argv.py ${a[0]} "${a[0]}"
## status: 0
## STDOUT:
['x', 'y', 'x y']
## END
#### arithmetic result is split too
IFS=1; argv.py $((212))
## status: 0
## STDOUT:
['2', '2']
## END
#### only separators
IFS=:; x=':'; argv.py $x; x='::'; argv.py $x
## status: 0
## STDOUT:
['']
['', '']
## END
#### tilde results are not split
HOME='/a b'; argv.py ~ ~/x
## status: 0
## STDOUT:
['/a b', '/a b/x']
## END
#### unquoted lists keep empty elements where the separator is no blank
set -- a '' 'b c' 'd:' ''
IFS=:
argv.py $*
argv.py $@
argv.py x$@y
a=('' x '')
argv.py ${a[@]} ${a[*]}
IFS=' :'; set -- a :b 'c:' d; argv.py $@
IFS=': '; argv.py $@
IFS=; argv.py $*
## status: 0
## STDOUT:
['a', '', 'b c', 'd', '']
['a', '', 'b c', 'd', '']
['xa', '', 'b c', 'd', '', 'y']
['', 'x', '', 'x']
['a', 'b', 'c', 'd']
['a', '', 'b', 'c', '', 'd']
['a', ':b', 'c:', 'd']
## END
#### a tilde after each colon of a word like an assignment
HOME=/h
echo x=~ x=a:~ x=$u:~ x+=~:~/b a:~ 1x=~ 'x'=~ ~:y
set -o posix
echo x=~ x=a:~
## status: 0
## STDOUT:
x=/h x=a:/h x=:/h x+=/h:/h/b a:~ 1x=~ x=~ /h:y
x=~ x=a:~
## END
