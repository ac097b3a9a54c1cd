#### strings
[[ a == a ]] && echo 1; [[ a = b ]] || echo 2; [[ a != b ]] && echo 3; [[ a < b ]] && echo 4; [[ b > a ]] && echo 5; [[ -z '' && -n x ]] && echo 6; [[ x ]] && echo 7; [[ '' ]] || echo 8
## status: 0
## STDOUT:
1
2
3
4
5
6
7
8
## END
#### patterns
x=file.txt; [[ $x == *.txt ]] && echo a; [[ $x == '*.txt' ]] || echo b; p='*.txt'; [[ $x == $p ]] && echo c; [[ $x == "$p" ]] || echo d; [[ $x != f* ]] || echo e
## status: 0
## STDOUT:
a
b
c
d
e
## END
#### extended patterns
[[ foobar == foo@(bar|baz) ]] && echo a; [[ aaa == +(a) ]] && echo b; [[ x == !(y) ]] && echo c; [[ '' == ?(a) ]] && echo d; [[ abab == *(ab) ]] && echo e
## status: 0
## STDOUT:
a
b
c
d
e
## END
#### regular expressions
[[ 2024-05-06 =~ ^([0-9]+)-([0-9]+)-([0-9]+)$ ]]; echo $? "${BASH_REMATCH[@]}" "${BASH_REMATCH[2]}" ${#BASH_REMATCH[@]}
## status: 0
## STDOUT:
0 2024-05-06 2024 05 06 05 4
## END
#### regular expressions in variables and quotes
r='^a.c$'; [[ abc =~ $r ]] && echo 1; [[ abc =~ "$r" ]] || echo 2; [[ 'a.c' =~ a"."c ]] && echo 3; [[ abc =~ a"."c ]] || echo 4; [[ 'a b' =~ a\ b ]] && echo 5
## status: 0
## STDOUT:
1
2
3
4
5
## END
#### regular expression classes and groups
[[ foo123 =~ ([[:alpha:]]+)([[:digit:]]*) ]] && echo "${BASH_REMATCH[1]}|${BASH_REMATCH[2]}"; [[ xyz =~ (a)?(x) ]]; echo "<${BASH_REMATCH[1]}><${BASH_REMATCH[2]}>"; [[ no =~ yes ]]; echo $? ${#BASH_REMATCH[@]}
## status: 0
## STDOUT:
foo|123
<><x>
1 0
## END
#### a wrong regular expression
[[ a =~ '(' ]]; echo $?; r='('; [[ a =~ $r ]] 2>/dev/null; echo $?
## status: 0
## STDOUT:
1
2
## END
#### regular expression alternatives
for w in cat dog cow; do [[ $w =~ ^(cat|dog)$ ]] && echo "$w yes" || echo "$w no"; done; [[ 'a|b' =~ a\|b ]] && echo bar; [[ ab =~ a{1}b{1,2} ]] && echo interval
## status: 0
## STDOUT:
cat yes
dog yes
cow no
bar
interval
## END
#### numbers
[[ 1 -eq 1 && 2 -ne 3 && 1 -lt 2 && 2 -le 2 && 3 -gt 2 && 3 -ge 3 ]] && echo all; [[ 1+1 -eq 2 ]] && echo expr; n=5; [[ n -gt 4 ]] && echo name; [[ 0x10 -eq 16 ]] && echo hex
## status: 0
## STDOUT:
all
expr
name
hex
## END
#### logic
[[ a && ( b || '' ) && ! '' ]] && echo yes; [[ ! ( a && b ) ]] || echo no; [[ '' || a && '' ]] || echo prec
## status: 0
## STDOUT:
yes
no
prec
## END
#### over lines
[[ a == a &&
   b == b ||
   c == d ]] && echo lines
## status: 0
## STDOUT:
lines
## END
#### no splitting
x='a b'; [[ $x == 'a b' ]] && echo 1; [[ -n $undefined ]] || echo 2; y='*'; [[ $y == '*' ]] && echo 3
## status: 0
## STDOUT:
1
2
3
## END
#### files
cd "$TMP"; mkdir d; echo x > f; : > e; ln -s f l; ln -s nosuch b; chmod +x f; for t in -e -f -d -s -L -h -r -w -x; do for n in f d e l b none; do [[ $t $n ]] && printf '%s%s ' $t $n; done; done; echo; rm -r d f e l b
## status: 0
## STDOUT:
## END
#### newer older same
cd "$TMP"; touch -d 2020-01-01 a; touch -d 2021-01-01 b; ln a c; [[ b -nt a ]] && echo nt; [[ a -ot b ]] && echo ot; [[ a -ef c ]] && echo ef; [[ a -nt none ]] && echo none; [[ none -ot a ]] && echo older; rm a b c
## status: 0
## STDOUT:
nt
ot
ef
none
older
## END
#### options and variables
set -u; [[ -o nounset ]] && echo on; [[ -o errexit ]] || echo off; x=; [[ -v x ]] && echo set; [[ -v y ]] || echo unset; test -v x && echo test
## status: 0
## STDOUT:
on
off
set
unset
test
## END
#### terminals
[[ -t 1 ]] || echo no; [ -t 0 ] || echo no; exec 5< /dev/null; [ -t 5 ] || echo no
## status: 0
## STDOUT:
no
no
no
## END
#### test expressions
[ a = a ] && [ a != b ] && [ -n x ] && [ -z '' ] && [ 1 -lt 2 ] && [ ! 1 -gt 2 ] && [ a -a b ] && [ '' -o b ] && [ \( a \) ] && echo all
## status: 0
## STDOUT:
all
## END
#### test with few arguments
[ ]; echo $?; [ '' ]; echo $?; [ -n ]; echo $?; [ ! ]; echo $?; [ ! '' ]; echo $?; [ ! a ]; echo $?; [ -z ]; echo $?; test; echo $?; test -f; echo $?
## status: 0
## STDOUT:
1
1
0
0
0
1
0
1
0
## END
#### test with odd operands
[ = = = ]; echo $?; [ -f = -f ]; echo $?; [ '!' = '!' ]; echo $?; [ '(' = '(' ]; echo $?; [ -z = '' ]; echo $?; [ '(' a ')' ]; echo $?; [ '(' ')' ]; echo $?
## status: 0
## STDOUT:
0
0
0
0
1
0
2
## END
#### test errors
{ [ a b ]; echo $?; [ 1 -eq x ]; echo $?; [ a = b c ]; echo $?; [ -q x ]; echo $?; [ 1 -xx 2 ]; echo $?; [ a; echo $?; } 2>&1
## status: 0
## STDOUT:
bash: line 1: [: a: unary operator expected
2
bash: line 1: [: x: integer expression expected
2
bash: line 1: [: too many arguments
2
bash: line 1: [: -q: unary operator expected
2
bash: line 1: [: -xx: binary operator expected
2
bash: line 1: [: missing `]'
2
## END
#### test order of strings
[ a \< b ] && echo 1; [ b \> a ] && echo 2; [ 10 \< 9 ] && echo 3
## status: 0
## STDOUT:
1
2
3
## END
#### test big numbers and blanks
[ ' 7 ' -eq 7 ] && echo blanks; [ 08 -eq 8 ] && echo eight; [ -5 -lt -4 ] && echo negative; [ 9223372036854775807 -gt 1 ] && echo big
## status: 0
## STDOUT:
blanks
eight
negative
big
## END
#### errors of the double bracket
bash -c '[[ a b ]]' 2>&1; echo $?; bash -c '[[ -f ]]' 2>&1; echo $?; bash -c '[[ 1 -eq "a b" ]]' 2>&1; echo $?
## status: 0
## STDOUT:
bash: -c: line 1: conditional binary operator expected
0
bash: -c: line 1: unexpected argument `]]' to conditional unary operator
0
bash: line 1: [[: a b: syntax error in expression (error token is "b")
1
## END
#### nocasematch
shopt -s nocasematch; [[ ABC == abc ]] && echo eq; [[ ABC =~ b ]] && echo re; case XyZ in xyz) echo case;; esac; shopt -u nocasematch; [[ ABC == abc ]] || echo no
## status: 0
## STDOUT:
eq
re
case
no
## END
#### status of conditions
[[ a == b ]]; echo $?; ! [[ a == b ]]; echo $?; [[ a == a ]]; echo $?; if [[ x ]]; then echo then; fi; while [[ -z $done ]]; do done=1; echo once; done
## status: 0
## STDOUT:
1
0
0
then
once
## END
#### case patterns
for w in apple banana 42 x.txt '' '*' 'a b'; do case $w in [0-9]*) echo number;; a*|b*) echo "ab: $w";; *.txt) echo text;; '') echo empty;; \*) echo star;; *) echo other;; esac; done
## status: 0
## STDOUT:
ab: apple
ab: banana
number
text
empty
star
ab: a b
## END
#### case falls through
case a in a) echo 1;& b) echo 2;& c) echo 3;; d) echo 4;; esac; case abc in a*) echo x;;& *c) echo y;;& *z) echo no;; *) echo last;; esac
## status: 0
## STDOUT:
1
2
3
x
y
last
## END
#### case with parentheses and quotes
x='a b'; case $x in ("a b") echo quoted;; esac; case "$x" in a\ b) echo escaped;; esac; p='a*'; case abc in "$p") echo no;; $p) echo pattern;; esac
## status: 0
## STDOUT:
quoted
escaped
pattern
## END
#### case status
case x in y) false;; esac; echo $?; case x in x) false;; esac; echo $?; case x in x) ;; esac; echo $?
## status: 0
## STDOUT:
0
1
0
## END
#### case with extglob
shopt -s extglob
case foo.tar.gz in *.@(tar|tgz)?(.gz)) echo archive;; esac; case 123 in +([0-9])) echo digits;; esac; case ab in !(a)) echo not a;; esac
## status: 0
## STDOUT:
archive
digits
not a
## END
#### case words are not split
x='*'; case $x in '*') echo star;; esac; case ~ in "$HOME") echo home;; esac; set -- 1 2; case $# in 2) echo two;; esac; case "$*" in '1 2') echo both;; esac
## status: 0
## STDOUT:
star
home
two
both
## END
#### select
printf '2\n\n9\nq\n' | { PS3='pick? '; select x in one two three; do echo "<$REPLY><$x>"; [ "$REPLY" = q ] && break; done; } 2>&1
## status: 0
## STDOUT:
1) one
2) two
3) three
pick? <2><two>
pick? 1) one
2) two
3) three
pick? <9><>
pick? <q><>
## END
#### select ends with the input
select x in a b; do echo "$x"; done <<< 1 2>/dev/null; echo "end $?"
## status: 0
## STDOUT:
a

end 1
## END
#### select over arguments
f() { select x; do echo "got $x"; break; done; }; f p q <<< 2 2>&1
## status: 0
## STDOUT:
1) p
2) q
#? got q
## END
#### if forms
if false; then echo 1; elif true; then echo 2; else echo 3; fi; if ! false; then echo 4; fi; if false; then :; fi; echo $?; if true && false || true; then echo 5; fi
## status: 0
## STDOUT:
2
4
0
5
## END
#### loops
for i in 1 2 3; do echo -n "$i "; done; echo; for ((i=0, j=9; i<3; i++, j--)); do echo -n "$i$j "; done; echo; i=0; until ((i >= 2)); do echo -n "u$i "; ((i++)); done; echo; for ((;;)); do break; done; for x; do echo no; done
## status: 0
## STDOUT:
1 2 3 
09 18 27 
u0 u1 
## END
#### break and continue
for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done; for i in a b; do for j in 1 2; do [ $j = 2 ] && continue 2; echo $i$j; done; done; while :; do while :; do break 2; done; done; echo out
## status: 0
## STDOUT:
1
3
a1
b1
out
## END
#### break in odd places
break 2>&1; echo $?; for i in 1; do break 0; done 2>&1; echo $?; for i in 1 2; do break x; done 2>&1; echo $?
## status: 128
## STDOUT:
bash: line 1: break: only meaningful in a `for', `while', or `until' loop
0
bash: line 1: break: 0: loop count out of range
1
bash: line 1: break: x: numeric argument required
## END
#### loop with redirection and pipe
for i in 1 2; do echo $i; done > "$TMP/o"; cat "$TMP/o"; printf 'a\nb\n' | while read -r l; do echo "<$l>"; done; while read -r l; do n=$l; done < "$TMP/o"; echo $n; rm "$TMP/o"
## status: 0
## STDOUT:
1
2
<a>
<b>
2
## END
#### for over nothing and odd words
for x in; do echo no; done; echo $?; for x in '' 'a b' "$(echo c d)" $(echo e f); do echo "<$x>"; done; for x in {1..3} *.none; do echo -n "$x "; done; echo
## status: 0
## STDOUT:
0
<>
<a b>
<c d>
<e>
<f>
1 2 3 *.none 
## END
#### arithmetic for with expressions
for ((i = 1; i <= 100; i *= 3)); do echo -n "$i "; done; echo "$i"; for ((i=3; i; i--)) { echo -n $i; }; echo; n=2; for ((k=n*2; k > n; --k)); do echo $k; continue; echo no; done
## status: 0
## STDOUT:
1 3 9 27 81 243
321
4
3
## END
#### a backslash between the brackets of a regular expression
[[ 'a]b' =~ [\]] ]]; echo $?
[[ 'a\' =~ [\\] ]]; echo $?
[[ 'a-b' =~ [a\-z]$ ]]; echo $?
[[ 'a b' =~ [[:space:]"x"] ]]; echo $?
r='[\]]'; [[ 'a]' =~ $r ]]; echo $?
## status: 0
## STDOUT:
0
0
0
0
1
## END
#### set -x shows what is compared
x='a b'
{ set -x; [[ $x == "a b" ]]; [[ $x == a* && ! -z $x ]]; [[ é != "é"x ]]; [[ $u < '' ]]; set +x; } 2>&1
## status: 0
## STDOUT:
+ [[ a b == \a\ \b ]]
+ [[ a b == a* ]]
+ [[ ! -z a b ]]
+ [[ é != \éx ]]
+ [[ '' < '' ]]
+ set +x
## END
#### missing tests
bash -c '[[ ]]
echo no' 2>&1; echo $?
bash -c '[[ ( ]]
echo no' 2>&1; echo $?
echo 'echo a; ]]' | bash 2>&1; echo $?
echo 'echo a | ! cat' | bash 2>&1; echo $?
## status: 0
## STDOUT:
0
bash: -c: line 1: expected `)'
0
bash: line 1: syntax error near unexpected token `]]'
bash: line 1: `echo a; ]]'
2
bash: line 1: syntax error near unexpected token `!'
bash: line 1: `echo a | ! cat'
2
## END
#### a case's arm begins with the status of its word
case $(echo a; false) in a) echo $?;; esac
false; case x in x) ;; esac; echo $?
case $(false) in x) ;; esac; echo $?
## status: 0
## STDOUT:
1
0
0
## END
