#### declare follows references, and -n means the reference
declare -n ref=target
declare ref=value; declare -p ref target
declare -i ref; ref=2+3; declare -p target
declare +i ref; declare -n ref=other; declare -p ref
unset -n ref
declare -n ref; declare -a ref; declare -p ref
unset -n ref
declare -n first=second; declare -n second=third; declare -n first=fourth
declare -p first second
## status: 0
## STDOUT:
declare -n ref="target"
declare -- target="value"
declare -i target="5"
declare -n ref="other"
declare -a ref
declare -n first="fourth"
declare -n second="third"
## END
#### a reference in a function and its local target
f() { declare -n r=v; declare r=(X); declare -p r v; }
f; declare -p v
g() { declare -n r=v; declare -g r=(Y); declare -p r; }
declare -n r=elsewhere
g; declare -p elsewhere
## status: 0
## STDOUT:
declare -n r="v"
declare -a v=([0]="X")
declare -n r="v"
declare -a elsewhere=([0]="Y")
## END
#### references that may not be
declare -n a=1b; echo $?
declare -n b[3]; echo $?
declare -n c=c; echo $?
declare -a list=(1); declare -n list; echo $?
declare -n d; for d in / ok; do echo in; done; declare -p d
text=7; declare -n text; echo $?; declare -p text
declare -in e=list; echo $?
declare -n every='list[@]'; list=(1 '2 3'); printf '<%s>' "$every" $every; echo
## status: 0
## STDOUT:
1
1
1
1
declare -n d
1
declare -- text="7"
1
<1><2 3><1><2><3>
## END
#### variables of a command follow references
declare -n ref=var
ref=xxx declare -p ref var
declare -p ref; echo ${var-unset}
## status: 0
## STDOUT:
declare -n ref="var"
declare -x var="xxx"
declare -n ref="var"
unset
## END
#### readonly and export of arrays
readonly -a fixed=(1 2); readonly -a fixed; fixed[0]=3; echo after
export -a out=(5); declare -p out fixed
readonly -n nothing; echo $?
set -o posix; readonly -a | grep fixed; export plain=1; export -p | grep plain
## status: 0
## STDOUT:
declare -ax out=([0]="5")
declare -ar fixed=([0]="1" [1]="2")
0
readonly -a fixed=([0]="1" [1]="2")
export plain="1"
## END
#### functions and declare
f() { :; }
declare -f f=1; echo $?
declare -fi f; echo $?
readonly -f f; declare -f +r f; echo $?
## status: 0
## STDOUT:
1
1
1
## END
#### a quoted list
declare -a one='(a "b c" [5]=d)'; declare -p one
declare one='(new)'; declare -p one
declare -A two='([x]=1 [y z]=2)'; declare -p two
declare three='(text)'; declare -p three
declare -a four[2]='(list)'; declare -p four
## status: 0
## STDOUT:
declare -a one=([0]="a" [1]="b c" [5]="d")
declare -a one=([0]="new")
declare -A two=(["y z"]="2" [x]="1" )
declare -- three="(text)"
declare -a four=([0]="list")
## END
#### keys and values are not split
words='a b'
declare -A pairs=($words 1 "$words 2" $words); declare -p pairs
pairs+=($words 3); echo "${pairs['a b']}"
## status: 0
## STDOUT:
declare -A pairs=(["a b 2"]="a b" ["a b"]="1" )
3
## END
#### subscripts that quote
declare -A map
key=']' quote="it's"
map[$key]=1; map["$quote"]=2; map[\[]=3
(( map[$key]++ )); (( map[$quote] += 5 )); declare -p map
echo $(( map[$key] + map["$quote"] ))
[[ map[$key] -eq 2 ]] && echo equal
unset map[$key]; unset map["$quote"]; unset 'map[\[]'; declare -p map
list=(a b c)
echo "${list[ 1 ]}" "${list["1"]}"
(echo "${list['1']}"); echo $?
(list['2']=x); echo $?
declare list["0"]=z; echo "${list[0]}"
read "map[$quote]" <<<x; echo $?
read 'map[$quote]' <<<y; echo "${map[$quote]}"
printf -v 'list[$((1+1))]' %s printed; echo "${list[2]}"
## status: 0
## STDOUT:
declare -A map=(["]"]="2" ["["]="3" ["it's"]="7" )
9
equal
declare -A map=()
b b
1
1
z
1
y
printed
## END
#### bad elements
list=([]=a [*]=b [-9]=c d); declare -p list
list[2]=(x); echo $?
readonly list; list[-5]=x; echo $?
## status: 1
## STDOUT:
declare -a list=([0]="d")
## END
#### an element as a default keeps the attributes
declare -ai numbers=(); echo ${numbers[3]=2*4}; declare -p numbers
## status: 0
## STDOUT:
8
declare -ai numbers=([3]="8")
## END
#### keys are quoted as declare quotes them
declare -A odd=(['a b']=1 ['"']=2 [@]=3); echo "${odd[@]@K}"
## status: 0
## STDOUT:
"\"" "2" "@" "3" "a b" "1" 
## END
#### locals
f() { local IFS; readonly locked=1; local locked; echo $?; }
f
g() { local v=x; unset v; declare -p v; }
v=outer; g; v=given g
h() { local -r held=1; i; }; i() { local held=2; echo $held; }; h
## status: 0
## STDOUT:
1
declare -- v
declare -x v
2
## END
#### EXIT runs where exit was called
f() { local inner=5; exit 3; }
(trap 'echo "$inner $1 $# $FUNCNAME $?"' EXIT; f a b)
(trap 'echo "$inner $1 $#"' EXIT; f x >&2) 2>&1
## status: 3
## STDOUT:
5 a 2 f 3
5 x 1
## END
#### OPTIND of a function of its own
f() { local OPTIND=1 opt; while getopts abcxyz opt; do echo $opt; [ $opt != y ] || f -abc; done; }
f -xyz
## status: 0
## STDOUT:
x
y
a
b
c
z
## END
#### IGNOREEOF is an option too
IGNOREEOF=3; shopt -o ignoreeof; unset IGNOREEOF; shopt -o ignoreeof
## status: 1
## STDOUT:
ignoreeof      	on
ignoreeof      	off
## END
