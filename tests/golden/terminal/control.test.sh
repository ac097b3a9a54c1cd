#### if elif else
for x in 1 2 3; do if [ $x = 1 ]; then echo one; elif [ $x = 2 ]; then echo two; else echo many; fi; done
## status: 0
## STDOUT:
one
two
many
## END
#### if without a branch taken
if false; then echo no; fi; echo $?
## status: 0
## STDOUT:
0
## END
#### if with a pipeline and negation
if ! false | true; then echo a; else echo b; fi
## status: 0
## STDOUT:
b
## END
#### while and until
i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; until [ $i = 0 ]; do i=$((i-1)); done; echo $i
## status: 0
## STDOUT:
0
1
2
0
## END
#### break and continue
for i in 1 2 3 4 5; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done
## status: 0
## STDOUT:
1
3
## END
#### break levels
for i in 1 2; do for j in a b; do echo $i$j; break 2; done; done; echo end
## status: 0
## STDOUT:
1a
end
## END
#### continue levels
for i in 1 2; do for j in a b; do echo $i$j; continue 2; done; echo never; done
## status: 0
## STDOUT:
1a
2a
## END
#### loop status
while false; do :; done; echo $?; for i in; do :; done; echo $?; for i in 1; do false; done; echo $?
## status: 0
## STDOUT:
0
0
1
## END
#### for without in
set -- a 'b c'; for x; do echo "<$x>"; done; for x do echo $x; done
## status: 0
## STDOUT:
<a>
<b c>
a
b c
## END
#### for over nothing
for x in; do echo never; done; echo ok
## status: 0
## STDOUT:
ok
## END
#### for variable stays
for x in 1 2; do :; done; echo $x
## status: 0
## STDOUT:
2
## END
#### case with patterns
for w in apple banana cherry 42 ''; do case $w in a*) echo A;; b*|c*) echo BC;; [0-9]*) echo num;; *) echo other;; esac; done
## status: 0
## STDOUT:
A
BC
BC
num
other
## END
#### case falls through
case a in a) echo 1;& b) echo 2;& c) echo 3;; d) echo 4;; esac
## status: 0
## STDOUT:
1
2
3
## END
#### case tests on
case abc in a*) echo 1;;& *c) echo 2;;& x) echo 3;;& *) echo 4;; esac
## status: 0
## STDOUT:
1
2
4
## END
#### case with quotes
x='*'; case 'a' in "$x") echo quoted;; $x) echo pattern;; esac
## status: 0
## STDOUT:
pattern
## END
#### case without a match
case x in y) echo no;; esac; echo $?
## status: 0
## STDOUT:
0
## END
#### case with parentheses and newlines
case x in
  (x)
    echo one
    ;;
  (y) echo two
esac
## status: 0
## STDOUT:
one
## END
#### empty case branch
case x in x) ;; esac; echo $?
## status: 0
## STDOUT:
0
## END
#### select
echo 2 | select x in a b c; do echo "got $x"; break; done 2>/dev/null
## status: 0
## STDOUT:
got b
## END
#### group
{ echo a; echo b; } | cat; { false; }; echo $?
## status: 0
## STDOUT:
a
b
1
## END
#### subshell keeps its changes
x=1; (x=2; echo $x; cd /; exit 3); echo $? $x
## status: 0
## STDOUT:
2
3 1
## END
#### and or
true && echo a || echo b; false && echo a || echo b; false || false || echo c; true && false; echo $?
## status: 0
## STDOUT:
a
b
c
1
## END
#### and or with newline
true &&
  echo joined
## status: 0
## STDOUT:
joined
## END
#### pipeline status and pipefail
false | true; echo $?; set -o pipefail; false | true; echo $?; true | (exit 4) | (exit 5) | true; echo $?
## status: 0
## STDOUT:
0
1
5
## END
#### negation
! true; echo $?; ! false; echo $?; ! (exit 4); echo $?
## status: 0
## STDOUT:
1
0
0
## END
#### time keyword does not change the status
time false 2>/dev/null; echo $?
## status: 0
## STDOUT:
1
## END
#### nested functions and loops
f() { for i in "$@"; do while :; do echo $i; break; done; done; }; f x y
## status: 0
## STDOUT:
x
y
## END
#### one line if
if true; then if false; then echo a; else echo b; fi; fi
## status: 0
## STDOUT:
b
## END
#### while with complex condition
i=0; while i=$((i+1)); [ $i -lt 3 ]; do echo $i; done
## status: 0
## STDOUT:
1
2
## END
#### last pipeline element is a subshell
x=1; echo 2 | read x; echo $x
## status: 0
## STDOUT:
1
## END
#### lastpipe
shopt -s lastpipe; echo 2 | read x; echo $x
## status: 0
## STDOUT:
2
## END
#### background and wait
{ echo bg; } & wait; echo fg; (exit 3) & wait $!; echo $?
## status: 0
## STDOUT:
bg
fg
3
## END
#### several background jobs
(exit 1) & a=$!; (exit 2) & b=$!; wait $b; echo $?; wait $a; echo $?
## status: 0
## STDOUT:
2
1
## END
#### null commands
: a b c; echo $?; true x; false y; echo $?
## status: 0
## STDOUT:
0
1
## END
#### comments between
if true # c
then # d
  echo x # e
fi
## status: 0
## STDOUT:
x
## END
#### reserved words as arguments
echo if then else fi do done case esac while until for in { } ! time
## status: 0
## STDOUT:
if then else fi do done case esac while until for in { } ! time
## END
#### keywords by quoting are commands
'if' 2>/dev/null; echo $?
## status: 0
## STDOUT:
127
## END
#### break outside of a loop
break; echo still; continue; echo here
## status: 0
## STDOUT:
still
here
## END
#### return value of a function is the last command
f() { false; }; f; echo $?; g() { true; return 7; }; g; echo $?
## status: 0
## STDOUT:
1
7
## END
#### exit in the middle
echo a; exit 5; echo b
## status: 5
## STDOUT:
a
## END
#### exit status wraps
(exit 256); echo $?; (exit 257); echo $?; (exit -1); echo $?
## status: 0
## STDOUT:
0
1
255
## END
#### deep nesting
for a in 1; do for b in 2; do if true; then case x in x) { ( echo $a$b ); };; esac; fi; done; done
## status: 0
## STDOUT:
12
## END
#### loop in a pipeline
for i in 3 1 2; do echo $i; done | sort | while read x; do echo "s$x"; done
## status: 0
## STDOUT:
s1
s2
s3
## END
#### c style loop with continue
for ((i=0;i<5;i++)); do ((i%2)) && continue; echo $i; done
## status: 0
## STDOUT:
0
2
4
## END
#### arithmetic for with braces
for ((i=0;i<2;i++)) { echo $i; }
## status: 0
## STDOUT:
0
1
## END
#### until with break
n=0; until false; do n=$((n+1)); [ $n = 3 ] && break; done; echo $n
## status: 0
## STDOUT:
3
## END
#### BASH_COMMAND of a failed subshell
trap 'echo "$BASH_COMMAND"' ERR
(exit 3)
f() { return 2; }; f; (f)
## status: 2
## STDOUT:
( exit 3 )
return 2
( f )
## END
