#### what builtins cannot write is an error
exec 2>&1
for each in set 'declare -p' export readonly shopt 'alias x=1 x' dirs 'trap -p' umask times 'kill -l' 'enable -p' 'type cd' 'command -v cd' 'ulimit' 'hash' 'builtin umask' 'eval umask'; do
  $each >&-
  echo "$each $?"
done
## status: 0
## STDOUT:
bash: line 3: set: write error: Bad file descriptor
set 1
bash: line 3: declare: write error: Bad file descriptor
declare -p 0
bash: line 3: export: write error: Bad file descriptor
export 1
bash: line 3: readonly: write error: Bad file descriptor
readonly 1
bash: line 3: shopt: write error: Bad file descriptor
shopt 1
alias x=1 x 0
bash: line 3: dirs: write error: Bad file descriptor
dirs 1
trap -p 0
bash: line 3: umask: write error: Bad file descriptor
umask 1
bash: line 3: times: write error: Bad file descriptor
times 1
kill -l 0
bash: line 3: enable: write error: Bad file descriptor
enable -p 1
bash: line 3: type: write error: Bad file descriptor
type cd 1
command -v cd 0
ulimit 0
bash: line 3: hash: write error: Bad file descriptor
hash 1
bash: line 3: umask: write error: Bad file descriptor
builtin umask 1
bash: line 3: umask: write error: Bad file descriptor
eval umask 1
## END
#### arguments that builtins do not take
exec 2>&1
caller x; echo $?
times -Z; echo $?
suspend a; echo $?
compgen x; echo $?
disown -Z; echo $?
disown nosuch; jobs nosuch; echo $?
jobs --; dirs -- >/dev/null; echo $?
popd -Z; popd --; echo $?
pushd -Z x; echo $?
wait ''; echo $?
## status: 0
## STDOUT:
1
bash: line 3: times: -Z: invalid option
times: usage: times
2
bash: line 4: suspend: too many arguments
0
bash: line 6: disown: -Z: invalid option
disown: usage: disown [-h] [-ar] [jobspec ... | pid ...]
2
bash: line 7: disown: nosuch: no such job
bash: line 7: jobs: nosuch: no such job
1
0
bash: line 9: popd: -Z: invalid number
popd: usage: popd [-n] [+N | -N]
bash: line 9: popd: directory stack empty
1
bash: line 10: pushd: -Z: invalid number
pushd: usage: pushd [-n] [+N | -N | dir]
2
bash: line 11: wait: `': not a pid or valid job spec
1
## END
#### alias does not split what it is given
v='p q'
alias b=$v; alias b
## status: 0
## STDOUT:
alias b='p q'
## END
#### pairs of keys and values may look like subscripts
exec 2>&1
declare -A m=(a b [c]=d e); declare -p m
declare -A n=("" x)
## status: 0
## STDOUT:
declare -A m=([a]="b" ["[c]=d"]="e" )
bash: line 3: '': bad array subscript
## END
#### what exec redirects stays, even if it fails
cd "$TMP"
shopt -s execfail
exec nosuchprogram > f 2>/dev/null
echo in f
cat f >&2
exit
## status: 0
## STDOUT:
## END
#### a script on the input goes on in the file that exec opens
cd "$TMP"
printf 'echo from f\nread x\ndata\necho "got $x"\n' > f
exec < f
echo never
## status: 0
## STDOUT:
from f
got data
## END
#### what let says of an unset name under set -u
exec 2>&1
let x=1; (set -u; let y=none; echo not here)
## status: 1
## STDOUT:
bash: line 2: none: unbound variable
## END
#### a list joined by a separator of several bytes
set -- a b c; IFS=é
echo "$*"
a=(1 2 3); echo "${a[*]}"
x=$*; echo "$x"
## status: 0
## STDOUT:
aébéc
1é2é3
aébéc
## END
#### words over two lines can be keywords
i\
f true; the\
n ec\
ho joined; f\
i
## status: 0
## STDOUT:
joined
## END
#### a file on PATH that cannot be run, hashing switched off, compopt -D
exec 2>&1
cd "$TMP"
mkdir bin; echo 'echo hi' > bin/plainfile
PATH=bin:$PATH
command -v plainfile; echo $?
type plainfile; type -t plainfile; type -a plainfile; echo $?
plainfile; echo $?
set +h; hash; echo $?
compopt -D -o nospace; echo $?
## status: 0
## STDOUT:
bin/plainfile
0
plainfile is bin/plainfile
file
bash: line 6: type: plainfile: not found
1
bash: line 7: bin/plainfile: Permission denied
126
bash: line 8: hash: hashing disabled
1
bash: line 9: compopt: _DefaultCmD_: no completion specification
1
## END
