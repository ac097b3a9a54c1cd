#### output and append
cd $TMP; echo a > r1; echo b >> r1; cat r1; echo c > r1; cat r1
## status: 0
## STDOUT:
a
b
c
## END
#### input
cd $TMP; echo data > r2; cat < r2; read x < r2; echo $x
## status: 0
## STDOUT:
data
data
## END
#### stderr
cd $TMP; ls /nonexistent 2> r3; [ -s r3 ] && echo had errors; echo out 2>/dev/null
## status: 0
## STDOUT:
had errors
out
## END
#### both
cd $TMP; { echo o; echo e >&2; } > r4 2>&1; cat r4; { echo o2; echo e2 >&2; } &> r4; cat r4; { echo o3; echo e3 >&2; } &>> r4; cat r4
## status: 0
## STDOUT:
o
e
o2
e2
o2
e2
o3
e3
## END
#### order matters
cd $TMP; { echo o; echo e >&2; } 2>&1 > r5 | sed 's/^/pipe:/'; cat r5
## status: 0
## STDOUT:
pipe:e
o
## END
#### descriptors above two
cd $TMP; exec 3> r6; echo three >&3; exec 3>&-; cat r6
## status: 0
## STDOUT:
three
## END
#### read from a descriptor
cd $TMP; printf 'l1\nl2\n' > r7; exec 4< r7; read -u 4 a; read b <&4; echo $a $b; exec 4<&-
## status: 0
## STDOUT:
l1 l2
## END
#### read write
cd $TMP; echo 123456 > r8; exec 5<> r8; read -n 3 x <&5; echo $x; printf XX >&5; exec 5>&-; cat r8
## status: 0
## STDOUT:
123
123XX6
## END
#### variable descriptors
cd $TMP; exec {fd}> r9; [ $fd -ge 10 ] && echo big; echo hi >&$fd; exec {fd}>&-; cat r9
## status: 0
## STDOUT:
big
hi
## END
#### here string
cat <<< "hello world"; x=5; cat <<< $x$x; read a b <<< 'one two'; echo $b
## status: 0
## STDOUT:
hello world
55
two
## END
#### noclobber
cd $TMP; set -C; echo a > nc1; echo b > nc1; echo $?; echo c >| nc1; cat nc1
## status: 0
## STDOUT:
1
c
## END
#### redirect of a group, loop, function, subshell
cd $TMP; { echo g; } > rg; for i in 1 2; do echo $i; done > rl; f() { echo fn; } > rf; f; ( echo s ) > rs; cat rg rl rf rs
## status: 0
## STDOUT:
g
1
2
fn
s
## END
#### loop reads its input
printf '1\n2\n3\n' | while read n; do echo "n=$n"; done
## status: 0
## STDOUT:
n=1
n=2
n=3
## END
#### while with input file
cd $TMP; printf 'a\nb\n' > wi; while read l; do echo "<$l>"; done < wi
## status: 0
## STDOUT:
<a>
<b>
## END
#### missing file
cat < /no/such/file; echo status=$?
## status: 0
## STDOUT:
status=1
## END
#### builtin with bad redirection
echo hi > /no/such/dir/f; echo status=$?
## status: 0
## STDOUT:
status=1
## END
#### directory as output
cd $TMP; mkdir dd; echo x > dd; echo $?
## status: 0
## STDOUT:
1
## END
#### ambiguous
cd $TMP; x='a b'; echo hi > $x; echo $?
## status: 0
## STDOUT:
1
## END
#### dup and restore
cd $TMP; exec 6>&1; exec > saved; echo in file; exec 1>&6 6>&-; echo back; cat saved
## status: 0
## STDOUT:
back
in file
## END
#### close stdout
echo hi >&-; echo status $?
## status: 0
## STDOUT:
status 1
## END
#### bad descriptor
echo hi >&9; echo $?
## status: 0
## STDOUT:
1
## END
#### move a descriptor
cd $TMP; exec 7> mv; echo x >&7; exec 8>&7-; echo y >&8; exec 8>&-; cat mv
## status: 0
## STDOUT:
x
y
## END
#### redirection before the command
cd $TMP; > bf echo hi there; cat bf; < bf cat
## status: 0
## STDOUT:
hi there
hi there
## END
#### redirection alone creates
cd $TMP; > empty; [ -f empty ] && [ ! -s empty ] && echo made
## status: 0
## STDOUT:
made
## END
#### swap stdout and stderr
{ echo out; echo err >&2; } 3>&1 1>&2 2>&3 3>&- 2>/dev/null | cat; echo done
## status: 0
## STDOUT:
done
## END
#### dev fd and friends
echo text | cat /dev/stdin; echo x > /dev/stdout; echo y > /dev/fd/1; echo gone > /dev/null
## status: 0
## STDOUT:
text
x
y
## END
#### process substitution input
cat <(echo a) <(echo b); paste -d, <(printf '1\n2\n') <(printf 'x\ny\n')
## status: 0
## STDOUT:
a
b
1,x
2,y
## END
#### process substitution with while
while read a; do echo "got $a"; done < <(printf 'x\ny\n'); echo "$a"
## status: 0
## STDOUT:
got x
got y

## END
#### process substitution output
cd $TMP; echo hello > >(cat > psout); sleep 0.1; wait; cat psout
## status: 0
## STDOUT:
hello
## END
#### number is an argument unless attached
cd $TMP; echo 2 > n1; cat n1; echo a 2>n2; cat n2
## status: 0
## STDOUT:
2
a
## END
#### several inputs, last wins
cd $TMP; echo 1 > i1; echo 2 > i2; cat < i1 < i2
## status: 0
## STDOUT:
2
## END
#### output to several, last wins
cd $TMP; echo x > o1 > o2; cat o1; echo -; cat o2
## status: 0
## STDOUT:
-
x
## END
#### stderr to stdout in a pipe
{ echo a; echo b >&2; } |& sort
## status: 0
## STDOUT:
a
b
## END
#### redirect in the middle of words
cd $TMP; echo a >mid b; cat mid
## status: 0
## STDOUT:
a b
## END
#### tilde and variables in targets
cd $TMP; HOME=$TMP; f=name; echo t > ~/tf; echo v > $f.txt; cat tf name.txt
## status: 0
## STDOUT:
t
v
## END
#### failing redirect skips the command and assignments stay local
x=1; x=2 echo hi < /nope; echo $x
## status: 0
## STDOUT:
1
## END
#### exec with failing redirection
exec 3< /no/file; echo after $?
## status: 0
## STDOUT:
after 1
## END
#### read and write offsets are shared
cd $TMP; exec 3> sh; (echo a >&3); echo b >&3; exec 3>&-; cat sh
## status: 0
## STDOUT:
a
b
## END
#### append offset
cd $TMP; echo 1 > ap; exec 3>> ap; echo 2 >&3; echo 3 >> ap; echo 4 >&3; cat ap
## status: 0
## STDOUT:
1
2
3
4
## END
#### a moved descriptor stays moved
cd $TMP; exec 3> f; echo a 4>&3- >&4; { echo b >&3; } 2>&1; cat f
## status: 0
## STDOUT:
bash: line 1: 3: Bad file descriptor
a
## END
#### noclobber guards a link that leads nowhere
mkdir $TMP/guard; cd $TMP/guard; ln -s nowhere l; set -C; { echo a > l; } 2>&1; echo $?; ls
readonly ro=1; { exec {ro}> g; } 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: l: cannot overwrite existing file
1
l
bash: line 2: ro: readonly variable
bash: line 2: ro: cannot assign fd to variable
1
## END
