#### history -s -p
cd $TMP
set -o history
history -c
history -s 'echo one'
history -s 'two words' x
history
history -p '!!' 2>&1; echo $?
## status: 0
## STDOUT:
    1  echo one
    2  two words x
    3  history
history
0
## END
#### history -d
cd $TMP
set -o history
history -c
history -s a
history -s b
history -s c
history -d 2
history
history -d 99; echo $?
## status: 0
## STDOUT:
    1  a
    2  c
    3  history -d 2
    4  history
1
## END
#### history n
cd $TMP
set -o history
history -c
history -s 1
history -s 2
history 2
history abc; echo $?
## status: 0
## STDOUT:
    2  2
    3  history 2
1
## END
#### history errors
cd $TMP
history -x; echo $?; history 1 2; echo $?; history -d; echo $?; history -an; echo $?
## status: 1
## STDOUT:
2
## END
#### HISTCONTROL HISTIGNORE
cd $TMP
set -o history
HISTCONTROL=ignoredups:ignorespace
echo a
echo a
 echo hid
history | tail -4
## status: 0
## STDOUT:
a
a
hid
    1  HISTCONTROL=ignoredups:ignorespace
    2  echo a
    3  history | tail -4
## END
#### HISTTIMEFORMAT
cd $TMP
set -o history; history -c; HISTTIMEFORMAT='T '; history -s x; history
## status: 0
## STDOUT:
    1  T x
## END
#### HISTSIZE
cd $TMP
set -o history
HISTSIZE=2
echo a
echo b
echo c
history
## status: 0
## STDOUT:
a
b
c
    4  echo c
    5  history
## END
#### fc -l
cd $TMP
set -o history
echo a
echo b
fc -l
fc -ln -2
fc -l 1 2
fc -lr
## status: 0
## STDOUT:
a
b
1	 echo a
2	 echo b
	 echo b
	 fc -l
1	 echo a
2	 echo b
5	 fc -l 1 2
4	 fc -ln -2
3	 fc -l
2	 echo b
1	 echo a
## END
#### fc -s
cd $TMP
set -o history
echo aa
fc -s aa=bb
fc -s echo
## status: 0
## STDOUT:
aa
bb
bb
## END
#### fc -e
cd $TMP
set -o history
echo one
fc -e true 1 2>&1
fc -e - 2>&1
## status: 0
## STDOUT:
one
echo one
one
echo one
one
## END
#### fc errors
cd $TMP
fc -l; echo $?; fc -z; echo $?; set -o history; fc 99; echo $?
## status: 0
## STDOUT:
0
2
0
## END
#### histexpand on
cd $TMP
set -o history -o histexpand
echo one two
echo !!
echo !$
echo !-2:1
!ec
echo a !# b
^a^z
echo !nosuch; echo after
## status: 0
## STDOUT:
one two
echo one two
two
echo
echo
a echo a b
z echo a b
## END
#### i history -a
cd $TMP
echo '
history -c
HISTFILE=tmp
echo 1
history -a
cat tmp

echo 2

history -a
cat tmp
' | bash --norc -i
## status: 0
## STDOUT:
1
HISTFILE=tmp
echo 1
history -a
2
HISTFILE=tmp
echo 1
history -a
cat tmp
echo 2
history -a
## END
#### i history -w
cd $TMP
echo '
history -c
HISTFILE=tmp
echo 1
history -w
cat tmp
' | bash --norc -i
## status: 0
## STDOUT:
1
HISTFILE=tmp
echo 1
history -w
## END
#### i history -r
cd $TMP
printf 'foo\nbar\n' > tmp
echo '
history -c
history -r tmp
history
HISTFILE=tmp
history -n
history
' | bash --norc -i
## status: 0
## STDOUT:
    1  history -r tmp
    2  foo
    3  bar
    4  history
    1  history -r tmp
    2  foo
    3  bar
    4  history
    5  HISTFILE=tmp
    6  history -n
    7  history
## END
#### i HISTFILE defined
cd $TMP
echo 'test -n "$HISTFILE" && echo exists; echo ${HISTFILE##*/}; echo $HISTSIZE $HISTFILESIZE; echo $-; echo ${PS1@Q} ${PS2@Q}' | bash --norc -i
## status: 0
## STDOUT:
exists
.bash_history
500 500
hiBHs
'\s-\v\$ ' '> '
## END
#### history usage
cd $TMP
history not-a-number
echo status=$?
history 3 too-many
echo status=$?
## status: 0
## STDOUT:
status=1
status=1
## END
#### history 5
cd $TMP
echo '
history -c
echo 1
echo 2
echo 3
echo 4
history 3
' | bash --norc -i
## status: 0
## STDOUT:
1
2
3
4
    3  echo 3
    4  echo 4
    5  history 3
## END
#### i history -d
cd $TMP
echo '
history -c
HISTFILE=tmp
echo 42
echo 43
echo 44
history -d 2
history
history -d 99
echo st=$?
history -d -1
history
history -d 0
echo st=$?
' | bash --norc -i
## status: 0
## STDOUT:
42
43
44
    1  HISTFILE=tmp
    2  echo 43
    3  echo 44
    4  history -d 2
    5  history
st=1
    1  HISTFILE=tmp
    2  echo 43
    3  echo 44
    4  history -d 2
    5  history
    6  history -d 99
    7  echo st=$?
    8  history
st=1
## END
#### i history -d range
cd $TMP
echo '
history -c
echo 42
echo 43
echo 44
echo 45
history -d 2-3
history
history -d -3--2
history
history -d 3-1
echo st=$?
history -d a-b
echo st=$?
' | bash --norc -i
## status: 0
## STDOUT:
42
43
44
45
    1  echo 42
    2  echo 45
    3  history -d 2-3
    4  history
    1  echo 42
    2  echo 45
    3  history -d -3--2
    4  history
st=1
st=1
## END
#### i save at exit
cd $TMP
echo '
history -c
echo x
' | HISTFILE=hh bash --norc -i
cat hh
## status: 0
## STDOUT:
x
echo x
## END
#### i load at start
cd $TMP
printf 'l1\nl2\n' > hh
echo 'history' | HISTFILE=hh bash --norc -i
cat hh
## status: 0
## STDOUT:
    1  l1
    2  l2
    3  history
l1
l2
history
## END
#### i multi-line
cd $TMP
echo '
history -c
for i in 1 2
do
  echo $i
done
f() {
  echo hi
}
cat <<E
a
E
history' | bash --norc -i
## status: 0
## STDOUT:
1
2
a
    1  for i in 1 2; do   echo $i; done
    2  f() {   echo hi; }
    3  cat <<E
a
E

    4  history
## END
#### i errors continue
cd $TMP
echo '
echo a
if
echo b
)
echo c
echo ${x?bad}
echo d
set -u
echo $nosuch
echo e
readonly R=1
R=2
echo f
false
echo $?
' | bash --norc -i
## status: 0
## STDOUT:
a
c
d
e
f
1
## END
#### i set -e exits
cd $TMP
echo '
set -e
false
echo no' | bash --norc -i; echo $?
## status: 0
## STDOUT:
1
## END
#### -i prompt error lines
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'cd /nosuch
nosuchcmd
echo $((1/0))
echo ${x?oops}
[[ a
]]
echo end' | bash --norc -i
echo rc=$?
## status: 0
## STDOUT:
end
rc=0
## END
#### -i history file limit & control
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'HISTCONTROL=ignoreboth
echo a
echo a
 echo spaced
HISTIGNORE="ls*:history"
ls
history
echo x
history' | bash --norc -i
## status: 0
## STDOUT:
a
a
spaced
    1  HISTCONTROL=ignoreboth
    2  echo a
    3  HISTIGNORE="ls*:history"
x
    1  HISTCONTROL=ignoreboth
    2  echo a
    3  HISTIGNORE="ls*:history"
    4  echo x
## END
#### -i HISTSIZE
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'HISTSIZE=3
echo 1
echo 2
echo 3
history' | bash --norc -i
## status: 0
## STDOUT:
1
2
3
    3  echo 2
    4  echo 3
    5  history
## END
#### -i fc
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'echo one
echo two
fc -l
fc -s one=ONE echo
fc -nl -2' | bash --norc -i
## status: 0
## STDOUT:
one
two
1	 echo one
2	 echo two
two
	 fc -l
	 echo two
## END
#### -i multi statement history and comments
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'echo a; echo b # note
# only comment
echo "multi
line"
history' | bash --norc -i
## status: 0
## STDOUT:
a
b
multi
line
    1  echo a; echo b # note
    2  # only comment
    3  echo "multi
line"
    4  history
## END
#### -i events
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'echo alpha beta gamma
echo !:2 !:1-2 !!:$ !*
echo /usr/lib/foo.c
echo !$:h !$:t !$:r !$:e
echo abab
!!:s/ab/X/
!!:gs/ab/Y/
echo !echo:1
!?alpha?
echo !-2' | bash --norc -i 2>/dev/null
## status: 0
## STDOUT:
alpha beta gamma
beta alpha beta gamma alpha beta gamma
/usr/lib/foo.c
/usr/lib foo.c /usr/lib/foo .c
abab
Xab
XY
XY
beta alpha beta gamma alpha beta gamma
echo XY
## END
#### -i vars persist & traps
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'x=1
f() { echo f$x; }
f
trap "echo bye" EXIT
exit 4' | bash --norc -i; echo $?
## status: 0
## STDOUT:
f1
bye
4
## END
#### -i with -c and rc
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
echo 'echo rc; PS1=p' > rc; bash --rcfile rc -i -c 'echo $PS1; set -o | grep -E "history|histexp"'; bash --norc -i -c 'echo ${PS1:0:2}; shopt expand_aliases; history | wc -l'
## status: 0
## STDOUT:
rc
p
histexpand     	on
history        	on
\s
expand_aliases 	on
0
## END
#### -l and --login
cd $TMP; export HISTFILE=$TMP/hist HOME=$TMP
bash --login -c 'shopt login_shell; echo $0'; bash -l -c 'echo l'; echo 'echo prof' > .bash_profile; bash -l -c 'echo c'
## status: 0
## STDOUT:
login_shell    	on
bash
l
prof
c
## END
