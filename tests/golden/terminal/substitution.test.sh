#### nested
echo $(echo $(echo deep)) `echo \`echo back\``
## status: 0
## STDOUT:
deep back
## END
#### trailing newlines vanish
x=$(printf 'a\n\n\n'); echo "[$x]"; y=$(printf '\n\nb'); echo "$y"
## status: 0
## STDOUT:
[a]


b
## END
#### status
x=$(false); echo $?; x=$(exit 5) y=$(true); echo $?; echo $(false); echo $?
## status: 0
## STDOUT:
1
0

0
## END
#### quotes inside
echo "$(echo "a  b")" "`echo "c  d"`"
## status: 0
## STDOUT:
a  b c  d
## END
#### in the middle of a word
echo a$(echo b c)d "a$(echo b c)d"
## status: 0
## STDOUT:
ab cd ab cd
## END
#### file content
cd $TMP; printf 'l1\nl2\n' > cf; echo "$(<cf)"; x=$(< cf); echo $x
## status: 0
## STDOUT:
l1
l2
l1 l2
## END
#### comments and case inside
echo $(echo a # comment )
) $(case a in a) echo paren;; esac)
## status: 0
## STDOUT:
a paren
## END
#### backquote escapes
echo `echo \$HOME | cut -c1` `echo '\\\\'`
## status: 0
## STDOUT:
/ \\
## END
#### empty
x=$(); echo "[$x]" $(true)
## status: 0
## STDOUT:
[]
## END
#### assignment keeps blanks
x=$(echo 'a   b'); echo "$x"
## status: 0
## STDOUT:
a   b
## END
#### variables are copies
x=1; y=$(x=2; echo $x); echo $x $y
## status: 0
## STDOUT:
1 2
## END
#### multi line
echo $(
echo one
echo two
)
## status: 0
## STDOUT:
one two
## END
#### large output
x=$(for ((i=0;i<3000;i++)); do echo line$i; done); echo ${#x}
## status: 0
## STDOUT:
25889
## END
#### exit inside
x=$(echo a; exit 3; echo b); echo $? $x
## status: 0
## STDOUT:
3 a
## END
#### in arithmetic and subscripts
a=(x y z); echo $(( $(echo 2) * 3 )) ${a[$(echo 1)]}
## status: 0
## STDOUT:
6 y
## END
#### in redirection target and case word
cd $TMP; echo hi > $(echo name).t; cat name.t; case $(echo v) in v) echo c;; esac
## status: 0
## STDOUT:
hi
c
## END
#### in parameter operators
x=abcdef; echo ${x:$(echo 2):$(echo 2)} ${u:-$(echo def)} ${x/$(echo b)/$(echo B)}
## status: 0
## STDOUT:
cd def aBcdef
## END
#### stdin inside
echo outer | { echo "$(cat)"; }
## status: 0
## STDOUT:
outer
## END
#### process substitution as argument
wc -l < <(printf '1\n2\n'); diff <(echo a) <(echo a) && echo same
## status: 0
## STDOUT:
2
same
## END
