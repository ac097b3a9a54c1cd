#### a script expands its lines
set -o history; set -H
echo one two three
echo !!:1 !!:$
!!
!echo:2-3:p
echo file.tar.gz
echo !$:r !-1:$:e !#:1
!?tar?:s/file/name/
!-2:gs+o+0+
echo '!!' "a !" \!! # !!
echo "it's !?two?:%"
^it^that
!nothing
echo "$(echo '!!' "!!:0")"
cat <<END
!! stays
END
## status: 0
## STDOUT:
one two three
one three
one three
file.tar.gz
file.tar .gz file.tar
name.tar .gz file.tar
!! a ! !!
it's two
that's two
!! echo
!! stays
## END
#### posix quotes keep it
set -o history; set -o histexpand; set -o posix
echo x
echo "!!" !!:1
## status: 0
## STDOUT:
x
!! x
## END
#### words of a line
set -o history; set -H
echo $(echo a b) 2>/dev/null "c d"
echo !!:1 !!:q
echo !-2:$:x
## status: 0
## STDOUT:
a b c d
a b echo $(echo a b) 2>/dev/null "c d"
"c d"
## END
#### set -o history reads the file
cd "$TMP"; printf 'first\nsecond\n' > list; HISTFILE=list; set -o history; history
## status: 0
## STDOUT:
    1  first
    2  second
## END
#### fc -s replaces all
set -o history
echo aa ab
fc -s a=x
history -d 5-900; history -d 90-91; history -d 90
## status: 1
## STDOUT:
aa ab
xx xb
## END
#### subscripts of arithmetic are found once
RANDOM=7; a=(); for i in {1..40}; do ((a[RANDOM%6]++)); done
sum=0; for n in ${a[@]}; do ((sum+=n)); done; echo $sum
i=0; ((b[i++]+=5)); declare -p b i
## status: 0
## STDOUT:
40
declare -a b=([0]="5")
declare -- i="1"
## END
#### numbers in messages end where they end
echo $((1+08+2)); echo 1
(echo $((3425#56 + 1)))
(echo $((0#4)))
(echo $((1 ? 20 : x += 2)))
(echo $((1 '2')))
## status: 1
## STDOUT:
## END
#### background jobs in a pipeline keep its input
echo piped | ( cat & wait )
echo piped | { cat & wait; }
(cat & wait) <<<"here"
{ cat & wait; } </dev/null
## status: 0
## STDOUT:
piped
piped
here
## END
#### -v with a key, set and quotes
declare -A m=(); [ -v m[@] ]; echo $?; m[@]=1; [[ -v m[@] ]]; echo $?
quote="'"; echo "${quote@Q}"; set | grep ^quote=
declare -pf nothing; echo $?
PATH=/nowhere command -pv cat
set -o ignoreeof; echo $IGNOREEOF; set +o ignoreeof; echo ${IGNOREEOF-unset}
## status: 0
## STDOUT:
1
0
\'
quote=\'
1
/bin/cat
10
unset
## END
