#### the lines of a substitution count from the line of its command
x=$(echo $LINENO
echo $LINENO)
echo $x
echo a $(
echo $LINENO
)
f() {
 local v=$(
  echo $LINENO
 )
 echo $v
}
f
for i in $(
echo $LINENO); do echo $i; done
cat <(echo $LINENO
echo $LINENO)
y=`echo $LINENO
nosuch 2>&1`; echo $y
## status: 0
## STDOUT:
2 3
a 4
10
14
17
18
19 bash: line 20: nosuch: command not found
## END
#### # and % that come out of an expansion hold the pattern at an end
x=abcabc
p='#a'; echo ${x/$p/X} ${x/"$p"/X}
p='%c'; echo ${x/$p/X} ${x//$p/X}
s='#'; echo ${x/${s}a/Q} "${x/$s/Z}"
y='#a'; echo ${y/"#"/X} ${y/\#/X}
## status: 0
## STDOUT:
Xbcabc abcabc
abcabX abcabc
Qbcabc Zabcabc
Xa Xa
## END
#### ${!a[n]} of an element that is not there
a=(b) b=value
echo "[${!a[0]}][${!a[5]}]" $?
## status: 0
## STDOUT:
[value][] 0
## END
#### >&1 with more behind it
cd "$TMP"
exec 3>&1
echo a 2>&1>f; cat f
echo b 3>&1>&3
## status: 0
## STDOUT:
a
b
## END
#### moved descriptors come back where their new place was open
cd "$TMP"
exec 2>&1 3>f
echo a >&3-; echo b >&3; echo $?
{ :; } 4>&3-; echo c >&3; echo $?
cat f
## status: 0
## STDOUT:
0
bash: line 4: 3: Bad file descriptor
1
a
b
## END
#### what ran inside eval is forgotten when it ends
trap 'echo "$LINENO $BASH_COMMAND"' ERR
eval 'true
false'
trap - ERR
trap 'echo "<$BASH_COMMAND>"' DEBUG
: <<E
text
E
## status: 0
## STDOUT:
4 false
3 eval 'true
false'
<: <<E
text
E
>
## END
#### the ERR trap runs behind a !, but not for what the ! is about
trap 'echo E' ERR
! { false; echo g; }
! false
! (exit 3)
! for i in 1; do false; echo k; done
set -E
f() { false; echo f; }
! f
set -e
! f
if f; then :; fi
## status: 0
## STDOUT:
E
g
E
k
E
f
f
f
## END
#### the RETURN trap sees the status from before `return`
cd "$TMP"
trap 'echo "R $?"' RETURN
set -T
f() { true; return 3; }
g() { (exit 6); }
f; echo $?
g; echo $?
echo 'return 5' > s; . ./s; echo $?
## status: 0
## STDOUT:
R 0
3
R 6
6
R 0
5
## END
#### kill and jobs: odd arguments
exec 2>&1
kill -; kill -HUP ''
sleep 0.2 & sleep 0.2 &
jobs %sle; jobs '%?lee'
{ a=1; sleep 0.2; } & jobs
wait
## status: 0
## STDOUT:
bash: line 2: kill: : invalid signal specification
bash: line 2: kill: `': not a pid or valid job spec
bash: line 4: jobs: sle: ambiguous job spec
bash: line 4: jobs: %sle: no such job
bash: line 4: jobs: lee: ambiguous job spec
bash: line 4: jobs: %?lee: no such job
[1]   Running                 sleep 0.2 &
[2]-  Running                 sleep 0.2 &
[3]+  Running                 { a=1; sleep 0.2; } &
## END
#### a signal with a trap ends `wait`
trap 'echo got' USR1
(sleep 0.1; kill -USR1 $$; sleep 0.2) &
wait $!; echo $?
## status: 0
## STDOUT:
got
138
## END
#### the directory stack can be assigned
cd /; pushd /tmp > /dev/null
DIRSTACK[1]=/usr; dirs
## status: 0
## STDOUT:
/tmp /usr
## END
#### hashed names, programs by other names, entries of the environment that are no variables
hash -p /bin/echo mine; mine hi; type -p mine; type -P mine; command -v mine
(exec -a other /bin/printf '%s\n' x)
env 'a-b=1' bash -c 'printenv a-b'
PS1=x bash -c 'echo ${PS1-none}'
env -u SHELL bash -c 'echo $SHELL'
echo $HISTCMD
## status: 0
## STDOUT:
hi
/bin/echo
/bin/echo
/bin/echo
x
1
none
/bin/bash
0
## END
#### ulimit keeps what it is told
exec 2>&1
ulimit -n 100; ulimit -n; ulimit -Sn 50; ulimit -Hn; ulimit -Sn
(ulimit -f 5; ulimit -f); ulimit -f
ulimit -n abc; echo $?
## status: 0
## STDOUT:
100
100
50
5
unlimited
bash: line 4: ulimit: abc: invalid number
1
## END
#### cmdhist and lithist
set -o history; shopt -u cmdhist
for i in 1; do
echo $i
done
history
shopt -s cmdhist lithist
if true
then :
fi
history 2
## status: 0
## STDOUT:
1
    1  for i in 1; do
    2  echo $i
    3  done
    4  history
    6  if true
then :
fi
    7  history 2
## END
#### history expansion: lines that did not run do not count
exec 2>&1
set -o history -o histexpand
!nosuch
nosuch1
!nosuch1:p
nosuch2
## status: 127
## STDOUT:
bash: line 3: !nosuch: event not found
bash: line 3: nosuch1: command not found
nosuch1
bash: line 4: nosuch2: command not found
## END
#### quotes around the subscripts of a compound value go, those of a single element stay
exec 2>&1
a=(['1']=v ["2"]=w [1+2]=x); declare -p a
declare -a b=(['1']=v ["2"]=w); declare -p b
c=(["$(echo 4)"]=q ['5']=r); declare -p c
a['3']=s
## status: 1
## STDOUT:
declare -a a=([1]="v" [2]="w" [3]="x")
declare -a b=([1]="v" [2]="w")
declare -a c=([4]="q" [5]="r")
bash: line 5: '3': syntax error: operand expected (error token is "'3'")
## END
#### an EXIT trap that is set by the EXIT trap does not run
trap 'echo one; trap "echo two" EXIT' EXIT
exit 3
## status: 3
## STDOUT:
one
## END
