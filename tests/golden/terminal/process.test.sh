#### process substitution input
cat <(echo a) <(echo b); diff <(printf '1\n2\n') <(printf '1\n3\n'); echo $?; while read -r l; do echo "<$l>"; done < <(printf 'x\ny\n'); paste -d, <(seq 3) <(seq 4 6)
## status: 0
## STDOUT:
a
b
2c2
< 2
---
> 3
1
<x>
<y>
1,4
2,5
3,6
## END
#### process substitution output
echo hello > >(tr a-z A-Z); wait; echo text | tee >(cat > "$TMP/o") > /dev/null; sleep 0.1; cat "$TMP/o"; rm "$TMP/o"
## status: 0
## STDOUT:
HELLO
text
## END
#### process substitution names
[[ <(:) == /dev/fd/* ]] && echo name; f() { cat "$1"; }; f <(echo arg); x=3; cat <(x=5; echo $x); echo $x; wc -l < <(printf '1\n2\n')
## status: 0
## STDOUT:
name
arg
5
3
2
## END
#### process substitution with builtins
read -r a < <(echo from); echo $a; mapfile -t l < <(seq 2); echo "${l[@]}"; . <(echo 'echo sourced; v=1'); echo $v; source /dev/stdin <<< 'echo stdin'
## status: 0
## STDOUT:
from
1 2
sourced
1
stdin
## END
#### command substitution forms
echo $(echo a) "$(echo 'b  c')" `echo d`; echo "$(echo "$(echo nested)")" `echo \`echo back\``; x=$(printf 'l\n\n\n'); echo "<$x>"; echo $(( $(echo 2) + 1 )); echo "$(echo "a)b")" "$(case x in x) echo in;; esac)"
## status: 0
## STDOUT:
a b  c d
nested back
<l>
3
a)b in
## END
#### command substitution reads files
echo content > "$TMP/f"; echo "$(< "$TMP/f")"; x=$(<"$TMP/f"); echo $x; echo "$(< /nosuch)" 2>&1; rm "$TMP/f"
## status: 0
## STDOUT:
content
content

## END
#### command substitution is a subshell
x=1; y=$(x=2; echo $x); echo $x $y; z=$(cd /; pwd); echo $z; f() { v=in; echo out; }; w=$(f); echo "$w ${v-unset}"; echo $(exit 3; echo no) $?
## status: 0
## STDOUT:
1 2
/
out unset
3
## END
#### command substitution with comments and here-documents
echo "$(# comment )
echo after)"; echo "$(cat <<E
here $((1+1))
E
)"; echo $(cat << 'E'
$raw
E
)
## status: 0
## STDOUT:
after
here 2
$raw
## END
#### command substitution drops null bytes
x=$(printf 'a\0b' 2>/dev/null) 2>/dev/null; echo "$x" | od -An -c
## status: 0
## STDOUT:
   a   b  \n
## END
#### subshells and groups
x=1; (x=2; echo $x); echo $x; { x=3; }; echo $x; (cd /; pwd); (exit 5); echo $?; { echo a; echo b; } | wc -l; (echo a; echo b) | tac; ( (echo deep) ); { { echo groups; } }
## status: 0
## STDOUT:
2
1
3
/
5
2
b
a
deep
groups
## END
#### pipelines
echo abc | tr a-c A-C | rev; printf '3\n1\n2\n' | sort | head -2; echo x | { read v; echo "got $v"; }; echo x | (read v; echo "sub $v"); seq 5 | while read n; do [ $n -gt 3 ] && echo $n; done; true | false; echo $?; ! true | true; echo $?
## status: 0
## STDOUT:
CBA
1
2
got x
sub x
4
5
1
1
## END
#### pipes with errors
{ echo out; echo err >&2; } |& sort; (echo a; nosuch) 2>&1 | wc -l; f() { echo e >&2; }; f 2>&1 | cat; ls /nosuch 2>/dev/null | wc -l
## status: 0
## STDOUT:
err
out
2
e
0
## END
#### lists
true && echo a || echo b; false && echo c || echo d; false || true && echo e; true; false; echo f; { false || echo g; } && echo h; ! false && echo i; true & wait && echo j
## status: 0
## STDOUT:
a
d
e
f
g
h
i
j
## END
#### here strings
cat <<< word; cat <<< "two words"; x='a  b'; cat <<< $x; cat <<< "$x"; cat <<< 'q'"$x"r; tr a-z A-Z <<< hi; cat <<< ''; cat <<< $'l1\nl2'; read a b <<< 'p q r'; echo "$b"
## status: 0
## STDOUT:
word
two words
a  b
a  b
qa  br
HI

l1
l2
q r
## END
#### here-documents
x=v; cat <<E; cat <<'E'; cat <<"E"; cat <<-E
$x $(echo cs) \$x `echo b` $((1+1)) "q" 'q' \\ \
joined
E
$x $(no) \$
E
$x "
E
	tabs	$x
	E
## status: 0
## STDOUT:
v cs $x b 2 "q" 'q' \ joined
$x $(no) \$
$x "
tabs	v
## END
#### several here-documents
cat <<A - <<B; echo mid; cat <<C
first
A
second
B
third
C
paste <(cat <<X
1
X
) <(cat <<Y
2
Y
)
## status: 0
## STDOUT:
second
mid
third
1	2
## END
#### here-documents in compound commands
while read -r l; do echo "[$l]"; done <<E
one
two
E
if true; then cat <<E
in if
E
fi; f() { cat <<E
in f $1
E
}; f arg; cat <<E | tr a-z A-Z
piped
E
## status: 0
## STDOUT:
[one]
[two]
in if
in f arg
PIPED
## END
#### descriptors
{ echo o; echo e >&2; } 2>&1 >/dev/null; { echo o; echo e >&2; } >/dev/null 2>&1; { echo 3 >&3; } 3>&1; exec 6>&1; echo six >&6; exec 6>&-; { echo x >&2; } 2>/dev/null; echo a 1>&2 2>/dev/null; { echo swap >&2; } 3>&1 1>&2 2>&3 3>&-
## status: 0
## STDOUT:
e
3
six
swap
## END
#### descriptors by name
exec {fd}> "$TMP/n"; echo via >&$fd; exec {fd}>&-; cat "$TMP/n"; [ $fd -ge 10 ] && echo ten; exec {in}< "$TMP/n"; read -u $in l; echo $l; exec {in}<&-; rm "$TMP/n"
## status: 0
## STDOUT:
via
ten
via
## END
#### appending and both
cd "$TMP"; echo a > f; echo b >> f; { echo c; echo d >&2; } &>> f; cat f; { echo e; echo g >&2; } &> f; cat f; { echo h; echo i >&2; } >& f; cat f; cat f f > g; wc -l < g; echo x <> f; cat f; : > f; wc -c < f; rm f g
## status: 0
## STDOUT:
a
b
c
d
e
g
h
i
4
x
h
i
0
## END
#### redirections of builtins and functions
cd "$TMP"; f() { echo body; echo err >&2; }; f > o 2> e; cat o e; pwd > o; [ -s o ] && echo size; f() { echo always; } > o; f; cat o; { cat; } < o; while read -r l; do echo "$l"; done < o > p; cat p; rm o e p
## status: 0
## STDOUT:
body
err
size
always
always
always
## END
#### redirection order and expansion
cd "$TMP"; x=name; echo a > $x; cat name; > empty; cat empty; < name cat; > out echo first; cat out; echo 2>x a 2; cat x; echo a2>y; cat y a2 2>/dev/null; rm -f name empty out x y a2
## status: 0
## STDOUT:
a
a
first
a 2
a2
## END
#### moving descriptors
exec 5>&1; exec 6>&5-; echo moved >&6; { echo gone >&5; } 2>&1; exec 6>&-; echo hi 4>&1 >&4 4>&-
## status: 0
## STDOUT:
moved
bash: line 1: 5: Bad file descriptor
hi
## END
#### function forms
f() { echo f$1; }; function g { echo g$1; }; function h() { echo h$1; }; f 1; g 2; h 3; k() ( x=sub; echo $x ); x=top; k; echo $x; l() if true; then echo l; fi; l; m() for i in 1 2; do echo m$i; done; m
## status: 0
## STDOUT:
f1
g2
h3
sub
top
l
m1
m2
## END
#### function arguments
f() { echo "$# $1 ${2-none} $*"; shift; echo "$@"; set -- new; echo $1; }; set -- outer; f a 'b c'; echo $1; g() { f "$@"; }; g x y z; echo "$0"
## status: 0
## STDOUT:
2 a b c a b c
b c
new
outer
3 x y x y z
y z
new
bash
## END
#### function recursion and output
fact() { (( $1 <= 1 )) && { echo 1; return; }; echo $(( $1 * $(fact $(( $1 - 1 ))) )); }; fact 6; fib() { if (( $1 < 2 )); then echo $1; else echo $(( $(fib $(($1-1))) + $(fib $(($1-2))) )); fi; }; fib 8
## status: 0
## STDOUT:
720
21
## END
#### functions shown
f() { echo a; if true; then echo b; fi; for i in 1 2; do echo $i; done; }; declare -f f; type f | head -1; g() { case $1 in a) echo x;; *) echo y;; esac; while read l; do :; done < /dev/null; cat <<E
here $1
E
}; declare -f g; declare -F f; unset -f f; declare -f f; echo $?
## status: 0
## STDOUT:
f () 
{ 
    echo a;
    if true; then
        echo b;
    fi;
    for i in 1 2;
    do
        echo $i;
    done
}
f is a function
g () 
{ 
    case $1 in 
        a)
            echo x
        ;;
        *)
            echo y
        ;;
    esac;
    while read l; do
        :;
    done < /dev/null;
    cat <<E
here $1
E

}
f
1
## END
#### functions and variables
f() { x=global; local y=local; z=$1; }; f arg; echo "$x ${y-none} $z"; v=outer; f2() { local v=inner; f3; echo $v; }; f3() { v=changed; }; f2; echo $v; a=1 f4; f4() { echo "a=${a-unset}"; }; a=2 f4; echo "${a-unset}"
## status: 0
## STDOUT:
global none arg
changed
outer
a=2
unset
## END
#### functions replace commands
ls() { echo my ls; }; ls; command ls / > /dev/null && echo real; unset -f ls; cd() { builtin cd "$@" && echo moved; }; cd /; true() { return 1; }; true; echo $?
## status: 0
## STDOUT:
my ls
real
moved
1
## END
#### assignments before commands
x=1; x=2 bash -c 'echo $x'; echo $x; f() { echo "f $x"; }; x=3 f; echo $x; x=4 y=5 eval 'echo $x$y'; echo $x; IFS=: read a b <<< 1:2; echo $a$b; x=6 : ; echo $x; A=1 B=$A bash -c 'echo "<$B>"'
## status: 0
## STDOUT:
2
1
f 3
1
45
1
12
1
<1>
## END
#### assignment values
a=1 b=$a c="$b x"; echo $c; d=~; [ "$d" = "$HOME" ] && echo tilde; e=a:~; echo "${e#a:}" | grep -c learner; g=$(echo sub) h=`echo back`; echo $g$h; i=*; echo "$i"; j='a  b'; k=$j; echo "$k"; l=a{1,2}; echo $l; m+=x; m+=y; echo $m; n= ; echo "<$n>"
## status: 0
## STDOUT:
1 x
tilde
1
subback
*
a  b
a{1,2}
xy
<>
## END
#### brace expansion
echo {a,b}{1,2} x{,y}z {1..5} {5..1} {a..e} {01..03} {1..10..3} {a..i..3} {-2..2}; echo a{b,c{d,e}}f {a} {} {,} {a,} '{a,b}' \{a,b} "{a,b}" ${x:-{a,b}} {a,b{c}; x=1; echo {$x,2} {1..$x}
## status: 0
## STDOUT:
a1 a2 b1 b2 xz xyz 1 2 3 4 5 5 4 3 2 1 a b c d e 01 02 03 1 4 7 10 a d g -2 -1 0 1 2
abf acdf acef {a} {} a {a,b} {a,b} {a,b} {a,b} {a,b{c}
1 2 {1..1}
## END
#### tilde
HOME=/h; echo ~ ~/x "~" '~' \~ a~ ~nosuchuser; x=~/y; echo $x; echo ~+ | sed "s,$PWD,PWD,"; P=~:~/b; echo $P; echo foo=~; [[ ~ == /h ]] && echo match
## status: 0
## STDOUT:
/h /h/x ~ ~ ~ a~ ~nosuchuser
/h/y
PWD
/h:/h/b
foo=/h
match
## END
#### word splitting
x='  a  b c  '; set -- $x; echo $#; IFS=:; y='a::b:'; set -- $y; echo $#; printf '<%s>' $y; echo; IFS=' :'; z=' a : b '; set -- $z; echo $#; IFS=; set -- $x; echo $#; unset IFS; set -- $x"$x"; echo $#; e=; set -- $e "$e" $e''; echo $#
## status: 0
## STDOUT:
3
3
<a><><b>
2
1
4
2
## END
#### quoting
echo 'a"b' "a'b" a\ b "a\"b" 'a'\''b' $'a\tb\x41\'\\' "a\\b\$c\`d" "a\nb"; echo "multi
line" 'single
line'; echo a\
b; echo $"loc" "" '' | cat; printf '<%s>' "" '' a""b "$e" ; echo; echo $'\u00e9\101\cA' | od -An -c
## status: 0
## STDOUT:
a"b a'b a b a"b a'b a	bA'\ a\b$c`d a\nb
multi
line single
line
ab
loc  
<><><ab><>
 303 251   A 001  \n
## END
#### arithmetic operators
echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((-7/2)) $((7%3)) $((-7%3)) $((2**10)) $((1<<4)) $((255>>2)) $((5&3)) $((5|3)) $((5^3)) $((~5)) $((!5)) $((!0)) $((3>2)) $((3<=2)) $((1&&0)) $((1||0)) $((1?2:3)) $((1,2)) $((2**3**2)) $((-2**2))
## status: 0
## STDOUT:
7 9 3 -3 1 -1 1024 16 63 1 7 6 -6 0 1 1 0 0 1 2 2 512 4
## END
#### arithmetic variables
x=5; echo $((x)) $(($x+1)) $((x++)) $x $((++x)) $((x--)) $((--x)) $((x+=3)) $((x*=2)) $((x%=7)) $((x<<=2)) $((x|=1)) $((unset_v)) $((y=x*2)) $y; s=x; echo $((s)); a=(1 2 3); echo $((a[1]+a[2])) $((${#a[@]}*2))
## status: 0
## STDOUT:
5 6 5 6 7 7 5 8 16 2 8 9 0 18 18
9
5 6
## END
#### arithmetic bases
echo $((0x1F)) $((017)) $((2#1010)) $((16#ff)) $((36#z)) $((64#_)) $((8#17)) $((10#08)) $((0xffffffffffffffff)) $((9223372036854775807+1)) $((1e3)) 2>&1
## status: 1
## STDOUT:
## END
#### arithmetic command
((x = 5 > 3)); echo $x; ((x == 1)) && echo yes; ((x++ , x++)); echo $x; if ((x > 2)); then echo gt; fi; while ((x-- > 0)); do echo -n $x; done; echo; ((y = (3 + 4) * 2)); echo $y; (( z = x < 0 ? 10 : 20 )); echo $z
## status: 0
## STDOUT:
1
yes
3
gt
210
14
10
## END
#### a script by its parts
bash -c 'echo "$0 $1 $#"' name a b; echo 'echo "stdin $1"' | bash -s arg; printf 'echo "file $0 $1"\n' > "$TMP/s.sh"; bash "$TMP/s.sh" x | sed "s,$TMP,T,"; chmod +x "$TMP/s.sh"; "$TMP/s.sh" y | sed "s,$TMP,T,"; sh -c 'echo posix'; bash <<< 'echo here'; rm "$TMP/s.sh"
## status: 0
## STDOUT:
name a 2
stdin arg
file T/s.sh x
file T/s.sh y
posix
here
## END
#### scripts inherit
x=1; export y=2; bash -c 'echo "${x-none} $y"'; bash -c 'cd /; z=3'; echo "${z-none}"; echo 'read l; echo "got $l"
input line' | bash; (bash -c 'exit 9'); echo $?; bash -c 'bash -c "bash -c \"echo deep\""'
## status: 0
## STDOUT:
none 2
none
got input line
9
deep
## END
#### env and commands of the system
env -i A=1 bash -c 'echo $A ${HOME-none}'; A=2 env | grep ^A=; env X=3 bash -c 'echo $X'; xargs echo <<< 'a b c'; printf '1\n2\n' | xargs -n1 echo n; basename /a/b.c .c; dirname /a/b; seq -s, 3; expr 1 + 2; echo a:b | cut -d: -f2; test -d / && echo dir
## status: 0
## STDOUT:
1 none
A=2
3
a b c
n 1
n 2
b
/a
1,2,3
3
b
dir
## END
#### colon and comments
: comment is not; echo a # comment
# whole line
echo b#not; echo '#' \# "#"; x=#y; echo $x; : '
block'
echo ${#x} $#
## status: 0
## STDOUT:
a
b#not
# # #
#y
2 0
## END
#### keywords as words
echo if then else fi for do done case esac { } ! [[ in function select time until while; if=1; echo $if; for in in a b; do echo $in; done; case in in in) echo in;; esac; x=(if then); echo ${x[@]}
## status: 0
## STDOUT:
if then else fi for do done case esac { } ! [[ in function select time until while
1
a
b
in
if then
## END
#### time and negation
{ time true; } 2>&1 | grep -c real; ! false; echo $?; ! ! true; echo $?; { TIMEFORMAT=; time :; } 2>&1; time -p true 2>/dev/null; echo $?
## status: 0
## STDOUT:
1
0
0
0
## END
#### command substitution waits for what holds its output
x=$(echo a; { sleep 0.1; echo late; } &); echo "$x"; y=$(echo b & wait); echo "$y"; z=$( (sleep 0.1; echo deep) & echo first); echo "$z"
## status: 0
## STDOUT:
a
late
b
first
deep
## END
#### sleepers wake in the order of their times, whoever ends meanwhile
for i in 3 1 2; do (sleep 0.$i; echo done $i; exit $i) & pids[i]=$!; done; for i in 1 2 3; do wait ${pids[i]}; echo "$i -> $?"; done
## status: 0
## STDOUT:
done 1
1 -> 1
done 2
2 -> 2
done 3
3 -> 3
## END
