#### make and read
a=(1 2 'three four'); argv.py "${a[@]}"; echo ${a[0]} ${a[2]} ${#a[@]} ${#a[2]} $a
## status: 0
## STDOUT:
['1', '2', 'three four']
1 three four 3 10 1
## END
#### star and at
a=(x 'y z'); argv.py "${a[*]}" ${a[*]} "${a[@]}"; IFS=,; echo "${a[*]}"
## status: 0
## STDOUT:
['x y z', 'x', 'y', 'z', 'x', 'y z']
x,y z
## END
#### sparse
a=([5]=x [2]=y z); echo "${a[@]}" "${!a[@]}" ${#a[@]}; a[10]=w; echo ${!a[@]}
## status: 0
## STDOUT:
y z x 2 3 5 3
2 3 5 10
## END
#### append
a=(1); a+=(2 3); a[0]+=x; a+=([9]=n m); echo "${a[@]}" "${!a[@]}"
## status: 0
## STDOUT:
1x 2 3 n m 0 1 2 9 10
## END
#### negative index
a=(1 2 3); echo ${a[-1]} ${a[-3]}; a[-1]=z; echo ${a[@]}; echo ${a[-9]}; echo $?
## status: 0
## STDOUT:
3 1
1 2 z

0
## END
#### slices
a=(a b c d e); echo ${a[@]:1:2} "|" ${a[@]: -2} "|" ${a[@]:3} "|" "${a[*]:0:2}"
## status: 0
## STDOUT:
b c | d e | d e | a b
## END
#### slice of a sparse array
a=([1]=a [5]=b [9]=c); echo "${a[@]:2}" "|" "${a[@]:1:2}"
## status: 0
## STDOUT:
b c | a b
## END
#### unset element and whole
a=(1 2 3); unset 'a[1]'; echo "${a[@]}" "${!a[@]}"; unset a; echo "${#a[@]}"
## status: 0
## STDOUT:
1 3 0 2
0
## END
#### element with arithmetic index
a=(a b c); i=1; echo ${a[i]} ${a[i+1]} ${a[$i-1]} ${a[ 1 ]}
## status: 0
## STDOUT:
b c a b
## END
#### from glob and words
a=({1..3} "x y"); echo ${#a[@]}; argv.py "${a[@]}"
## status: 0
## STDOUT:
4
['1', '2', '3', 'x y']
## END
#### operators over all elements
a=(one.c two.c); echo "${a[@]%.c}" "${a[@]/o/0}" "${a[@]^}" "${a[@]#*o}"
## status: 0
## STDOUT:
one two 0ne.c tw0.c One.c Two.c ne.c .c
## END
#### copy
a=('x y' z); b=("${a[@]}"); argv.py "${b[@]}"; echo ${#b[@]}
## status: 0
## STDOUT:
['x y', 'z']
2
## END
#### loop over indices
a=([2]=b [4]=d); for i in "${!a[@]}"; do echo "$i=${a[i]}"; done
## status: 0
## STDOUT:
2=b
4=d
## END
#### associative basics
declare -A m; m[x]=1; m['a b']=2; k=x; echo ${m[x]} ${m[a b]} ${m[$k]} ${#m[@]}
## status: 0
## STDOUT:
1 2 1 2
## END
#### associative order is bash's
declare -A m; for k in one two three four five six seven; do m[$k]=1; done; echo "${!m[@]}"
## status: 0
## STDOUT:
four seven two three six one five
## END
#### associative literal
declare -A m=([a]=1 [b]='2 3' ["c d"]=4); for k in a b 'c d'; do echo "$k=${m[$k]}"; done
## status: 0
## STDOUT:
a=1
b=2 3
c d=4
## END
#### associative pairs form
declare -A m=(k1 v1 k2 v2); echo ${m[k1]} ${m[k2]}
## status: 0
## STDOUT:
v1 v2
## END
#### associative append and unset
declare -A m=([a]=1); m+=([b]=2); m[a]+=x; echo ${m[a]} ${m[b]}; unset 'm[a]'; echo ${#m[@]}
## status: 0
## STDOUT:
1x 2
1
## END
#### test for an element
declare -A m=([a]=); a=(x); [[ -v m[a] ]] && echo yes; [[ -v m[b] ]] || echo no; [[ -v a[0] ]] && echo y0
## status: 0
## STDOUT:
yes
no
y0
## END
#### declare -p
a=(1 'b c' [5]=x); declare -A m=([k]='v w'); declare -p a m
## status: 0
## STDOUT:
declare -a a=([0]="1" [1]="b c" [5]="x")
declare -A m=([k]="v w" )
## END
#### print of special characters
a=($'x\ny' '$d' 'q"q' 'b\b'); declare -p a
## status: 0
## STDOUT:
declare -a a=([0]=$'x\ny' [1]="\$d" [2]="q\"q" [3]="b\\b")
## END
#### readonly array
declare -ra r=(1 2); r[0]=9; echo "${r[@]}"
## status: 1
## STDOUT:
## END
#### array in a function
f() { local -a l=(1 2); l+=(3); echo "${l[@]}"; }; f; echo "[${l[@]}]"
## status: 0
## STDOUT:
1 2 3
[]
## END
#### empty array with set -u
set -u; a=(); echo "${a[@]}" "${#a[@]}"; echo ok
## status: 0
## STDOUT:
0
ok
## END
#### element of a scalar
x=hello; echo ${x[0]} ${x[1]}- ${#x[@]}
## status: 0
## STDOUT:
hello - 1
## END
#### scalar becomes array
x=hello; x[1]=w; echo "${x[@]}" "${!x[@]}"
## status: 0
## STDOUT:
hello w 0 1
## END
#### read into array
read -a arr <<< 'a b c'; echo ${#arr[@]} ${arr[2]}
## status: 0
## STDOUT:
3 c
## END
#### mapfile
mapfile -t lines < <(printf 'a\nb c\n\nd'); declare -p lines
## status: 0
## STDOUT:
declare -a lines=([0]="a" [1]="b c" [2]="" [3]="d")
## END
#### mapfile options
printf '1\n2\n3\n4\n' > $TMP/mf; mapfile -s 1 -n 2 x < $TMP/mf; declare -p x; mapfile -d 3 -t y < $TMP/mf; declare -p y
## status: 0
## STDOUT:
declare -a x=([0]=$'2\n' [1]=$'3\n')
declare -a y=([0]=$'1\n2\n' [1]=$'\n4\n')
## END
#### keys and values transformation
a=(x 'y z'); echo "${a[@]@K}"; argv.py "${a[@]@k}"
## status: 0
## STDOUT:
0 "x" 1 "y z"
['0', 'x', '1', 'y z']
## END
#### nested subscript expansion
a=(0 2 4); b=(x y z); echo ${b[${a[1]}]} ${b[a[1]]}
## status: 0
## STDOUT:
z z
## END
#### multi line literal
a=(
  one # comment
  two
  "three four"
)
echo ${#a[@]} "${a[2]}"
## status: 0
## STDOUT:
3 three four
## END
#### assignment of an array element in environment position
a[1]=5 true; echo "${a[1]}"
## status: 0
## STDOUT:

## END
#### every element quoted form with prefix
a=(1 2); argv.py "x${a[@]}y"
## status: 0
## STDOUT:
['x1', '2y']
## END
#### length of an empty element
a=('' b); echo ${#a[0]} ${#a[@]} ${a[0]:-dflt}
## status: 0
## STDOUT:
0 2 dflt
## END
#### integer array
declare -ai n=(1+1 2*3); n[2]=4+4; echo ${n[@]}
## status: 0
## STDOUT:
2 6 8
## END
#### pipestatus
true | false | (exit 3); echo ${PIPESTATUS[@]}; echo ${PIPESTATUS[@]}
## status: 0
## STDOUT:
0 1 3
0
## END
#### funcname
f() { g; }; g() { echo "${FUNCNAME[@]}"; }; f
## status: 0
## STDOUT:
g f
## END
#### dirstack
cd /; pushd /tmp > /dev/null; echo ${DIRSTACK[@]}; popd
## status: 0
## STDOUT:
/tmp /
/
## END
#### bash_rematch
[[ key=val =~ ^([a-z]+)=(.*)$ ]]; echo ${BASH_REMATCH[@]} ${#BASH_REMATCH[@]}
## status: 0
## STDOUT:
key=val key val 3
## END
#### bad subscript
a=(1); echo ${a[bad bad]}; echo after
## status: 1
## STDOUT:
## END
#### at as an index in assignment
a[@]=1; echo $?
## status: 1
## STDOUT:
## END
