#### associative basics
declare -A m; m[a]=1; m['b c']=2; m["d$((1+1))"]=3; echo "${m[a]}" "${m[b c]}" "${m[d2]}" "${#m[@]}"
## status: 0
## STDOUT:
1 2 3 3
## END
#### associative keys with odd characters
declare -A m; k='a]b'; m[$k]=1; m["x[y"]=2; m[' ']=3; m['$z']=4; for k in 'a]b' 'x[y' ' ' '$z'; do echo "$k=${m[$k]}"; done
## status: 0
## STDOUT:
a]b=1
x[y=2
 =3
$z=4
## END
#### associative appends
declare -A m=([a]=1); m+=([b]=2 [a]=3); m[a]+=x; echo "${m[a]}" "${m[b]}"; m=([c]=4); echo "${#m[@]}"
## status: 0
## STDOUT:
3x 2
1
## END
#### associative as pairs
declare -A m=(k1 v1 k2 v2); echo "${m[k1]}" "${m[k2]}"
## status: 0
## STDOUT:
v1 v2
## END
#### associative unset
declare -A m=([a]=1 [b]=2); unset 'm[a]'; echo "${#m[@]}" "${m[a]-none}"; unset m; echo "${m[b]-none}"
## status: 0
## STDOUT:
1 none
none
## END
#### associative in arithmetic
declare -A m=([n]=5); (( m[n]++ )); (( m[k] += 2 )); echo $(( m[n] * m[k] )) "${m[n]}"
## status: 0
## STDOUT:
12 6
## END
#### associative tests
declare -A m=([a]= [b]=1); [[ -v m[a] ]] && echo a; [[ -v m[c] ]] || echo no c; [[ -v m ]] || echo no m; [[ -n ${m[b]} ]] && echo b
## status: 0
## STDOUT:
a
no c
no m
b
## END
#### associative loops
declare -A m=([x]=1); for k in "${!m[@]}"; do echo "$k -> ${m[$k]}"; done
## status: 0
## STDOUT:
x -> 1
## END
#### associative declared inside a function is local
f() { declare -A m=([a]=1); echo "${m[a]}"; }; f; echo "${m[a]-gone}"; g() { declare -gA n=([b]=2); }; g; echo "${n[b]}"
## status: 0
## STDOUT:
1
gone
2
## END
#### associative printed
declare -A m=([one]=1); declare -p m; typeset -A e=(); declare -p e; declare -A u; declare -p u
## status: 0
## STDOUT:
declare -A m=([one]="1" )
declare -A e=()
declare -A u
## END
#### associative needs a subscript
declare -A m; m=x 2>&1; echo $?; echo "${m[0]}"
## status: 0
## STDOUT:
0
x
## END
#### associative empty key
declare -A m; m['']=x 2>&1; echo "$? ${#m[@]}"
## status: 1
## STDOUT:
## END
#### indexed expressions
a=(0 1 2 3 4 5); i=2; echo "${a[i]}" "${a[i+1]}" "${a[$i*2]}" "${a[-1]}" "${a[a[3]]}"
## status: 0
## STDOUT:
2 3 4 5 3
## END
#### indexed negative
a=(a b c); echo "${a[-3]}"; a[-1]=z; echo "${a[@]}"; echo "${a[-4]}" 2>&1; echo $?
## status: 0
## STDOUT:
a
a b z

0
## END
#### indexed negative assignment out of range
a=(1); a[-5]=x 2>&1; echo $?
## status: 1
## STDOUT:
## END
#### sparse
a=(); a[5]=x; a[2]=y; echo "${a[@]}" "${!a[@]}" "${#a[@]}"; a+=(z); echo "${!a[@]}"; unset 'a[2]'; echo "${!a[@]}"
## status: 0
## STDOUT:
y x 2 5 2
2 5 6
5 6
## END
#### compound with subscripts
a=([2]=c d [0]=a b); declare -p a; a+=([1]=B [9]=j k); declare -p a
## status: 0
## STDOUT:
declare -a a=([0]="a" [1]="b" [2]="c" [3]="d")
declare -a a=([0]="a" [1]="B" [2]="c" [3]="d" [9]="j" [10]="k")
## END
#### elements are not split
x='p q'; a=($x "$x" '*'); echo "${#a[@]}"; printf '<%s>' "${a[@]}"; echo
## status: 0
## STDOUT:
4
<p><q><p q><*>
## END
#### elements by glob and brace
cd "$TMP"; touch f1 f2; a=(f* {x,y}z); echo "${a[@]}"; rm f1 f2
## status: 0
## STDOUT:
f1 f2 xz yz
## END
#### append to a scalar
x=a; x+=b; declare -i n=3; n+=4; a=(1); a+=2; echo $x $n "${a[@]}"; s=v; s+=(w); declare -p s
## status: 0
## STDOUT:
ab 7 12
declare -a s=([0]="v" [1]="w")
## END
#### copy
a=('x y' z); b=("${a[@]}"); c=(${a[@]}); echo ${#b[@]} ${#c[@]}; b[0]=q; echo "${a[0]}"
## status: 0
## STDOUT:
2 3
x y
## END
#### join and split
a=(1 2 3); IFS=,; echo "${a[*]}"; s='p,q,r'; b=($s); echo "${#b[@]}" "${b[1]}"; unset IFS; echo "${a[*]}"
## status: 0
## STDOUT:
1,2,3
3 q
1 2 3
## END
#### last element and removal
a=(1 2 3 4); unset 'a[-1]'; echo "${a[@]}"; a=("${a[@]:1}"); echo "${a[@]}"
## status: 0
## STDOUT:
1 2 3
2 3
## END
#### read -a and mapfile
read -ra w <<< 'one two  three'; declare -p w; mapfile -t l < <(printf 'x\ny z\n'); declare -p l; mapfile m <<< $'a\nb'; declare -p m
## status: 0
## STDOUT:
declare -a w=([0]="one" [1]="two" [2]="three")
declare -a l=([0]="x" [1]="y z")
declare -a m=([0]=$'a\n' [1]=$'b\n')
## END
#### mapfile options
printf '%s\n' 1 2 3 4 5 | { mapfile -t -n 2 -s 1 -O 3 a; declare -p a; }; mapfile -d : -t p <<< 'a:b:c'; printf '<%s>' "${p[@]}"; echo
## status: 0
## STDOUT:
declare -a a=([3]="2" [4]="3")
<a><b><c
>
## END
#### mapfile callback
printf '%s\n' a b c d | { mapfile -t -C 'echo got' -c 2 x; echo "${#x[@]}"; }
## status: 0
## STDOUT:
got 1 b
got 3 d
4
## END
#### readonly arrays
declare -ra a=(1 2); a[0]=x 2>&1; echo after $?; a+=(3) 2>&1; echo "${a[@]}"
## status: 1
## STDOUT:
## END
#### local arrays
f() { local -a a=(1 2); a+=(3); echo "${a[@]}" "${#a[@]}"; }; a=out; f; echo "$a"
## status: 0
## STDOUT:
1 2 3 3
out
## END
#### array passed by name
f() { local -n r=$1; r+=(new); echo "${#r[@]}"; }; a=(1 2); f a; echo "${a[@]}"
## status: 0
## STDOUT:
3
1 2 new
## END
#### array as arguments
f() { echo "$# <$1> <$3>"; }; a=('a b' '' c); f "${a[@]}"; f ${a[@]}; f "${a[*]}"
## status: 0
## STDOUT:
3 <a b> <c>
3 <a> <c>
1 <a b  c> <>
## END
#### array in a string
a=(x y z); echo "pre ${a[@]} post"; printf '<%s>' "p${a[@]}s"; echo; printf '<%s>' "p${a[*]}s"; echo
## status: 0
## STDOUT:
pre x y z post
<px><y><zs>
<px y zs>
## END
#### arrays in for and case
a=(1 '2 3'); for e in "${a[@]}"; do echo "$e"; done; case "${a[*]}" in '1 2 3') echo yes;; esac
## status: 0
## STDOUT:
1
2 3
yes
## END
#### quoted subscripts in assignments
a[1]=x; a["2"]=y; a[1 + 2]=z; declare -p a
## status: 0
## STDOUT:
declare -a a=([1]="x" [2]="y" [3]="z")
## END
#### element exists
a=(x '' z); for i in 0 1 2 3; do [[ -v a[i] ]] && echo "$i set"; [[ ${a[i]+s} ]] && echo "$i plus"; done
## status: 1
## STDOUT:
0 set
0 plus
1 set
1 plus
2 set
2 plus
## END
#### whole array test
a=(); [[ -v a ]] && echo set || echo unset; [[ -v a[@] ]] && echo set || echo unset; a=(x); [[ -v a[@] ]] && echo set
## status: 0
## STDOUT:
unset
unset
set
## END
#### declare prints quoted values
a=('a b' $'n\nl' "q'q" '$x' ''); declare -p a
## status: 0
## STDOUT:
declare -a a=([0]="a b" [1]=$'n\nl' [2]="q'q" [3]="\$x" [4]="")
## END
#### arithmetic assigns elements
(( a[3] = 7, a[1] = a[3] + 1 )); let 'a[2]=5' b=3; echo "${a[@]}" "${!a[@]}" $b
## status: 0
## STDOUT:
8 5 7 1 2 3 3
## END
#### nested subscripts
i=(2 0 1); a=(x y z); echo "${a[${i[0]}]}" "${a[i[1]]}" "${a[$((i[2]))]}"
## status: 0
## STDOUT:
z x y
## END
#### a scalar is element zero
s=abc; echo "${s[0]}" "${s[@]}" "${#s[@]}" "${s[1]-none}"; s[1]=d; declare -p s
## status: 0
## STDOUT:
abc abc 1 none
declare -a s=([0]="abc" [1]="d")
## END
#### converting is refused
a=(1); declare -A a 2>&1; echo $?; declare -A m=([a]=1); declare -a m 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 1: declare: a: cannot convert indexed to associative array
1
bash: line 1: declare: m: cannot convert associative to indexed array
1
## END
#### unset with @
a=(1 2); unset 'a[@]'; echo "${#a[@]}"; unset a; declare -p a 2>&1
## status: 1
## STDOUT:
0
bash: line 1: declare: a: not found
## END
#### namerefs
x=1; declare -n r=x; r=2; echo $x ${!r}; declare -n e='a[1]'; a=(p q); echo $e; e=z; echo "${a[@]}"
## status: 0
## STDOUT:
2 x
q
p z
## END
#### nameref unset
x=1; declare -n r=x; unset r; echo "${x-gone}" "${!r-}"; unset -n r; r=5; echo "$r ${x-gone}"
## status: 0
## STDOUT:
gone x
5 gone
## END
#### nameref loops
a=1 b=2; declare -n r; for r in a b; do echo "$r"; r=x; done; echo $a $b
## status: 0
## STDOUT:
1
2
x x
## END
#### nameref to itself
declare -n r=r 2>&1; echo $?; f() { local -n v=v; v=1; }; f 2>&1 | head -1
## status: 0
## STDOUT:
bash: line 1: declare: r: nameref variable self references not allowed
1
main: line 1: local: warning: v: circular name reference
## END
#### nameref declared later
declare -n r=t; r=5; echo $t; declare -p r t; [[ -R r ]] && echo nameref
## status: 0
## STDOUT:
5
declare -n r="t"
declare -- t="5"
nameref
## END
#### nameref of a wrong name
declare -n r='1x' 2>&1; echo $?; declare -n q; q='a b' 2>&1; echo $?
## status: 1
## STDOUT:
bash: line 1: declare: `1x': invalid variable name for name reference
1
## END
#### integer and case attributes
declare -i n; n=2+3; echo $n; n=abc; echo $n; declare -u u=abc; declare -l l=ABC; u+=x; echo $u $l; declare -ia v=(1+1 2*3); echo "${v[@]}"
## status: 0
## STDOUT:
5
0
ABCX abc
2 6
## END
#### export and readonly attributes
export E=1; bash -c 'echo $E'; declare +x E; bash -c 'echo ${E-none}'; readonly R=1; (R=2) 2>&1; echo $?; unset R 2>&1; echo $?
## status: 0
## STDOUT:
1
none
bash: line 1: R: readonly variable
1
bash: line 1: unset: R: cannot unset: readonly variable
1
## END
#### declare -p of many kinds
declare -i i=1; declare -x X=2; declare -r R=3; declare -rx RX=4; declare -n N=i; declare -p i X R RX N; declare -p nosuch 2>&1; echo $?
## status: 0
## STDOUT:
declare -i i="1"
declare -x X="2"
declare -r R="3"
declare -rx RX="4"
declare -n N="i"
bash: line 1: declare: nosuch: not found
1
## END
#### attributes in the order bash shows them
declare -axu a=(x); declare -p a; echo ${a@a}
declare -aixl b; declare -p b
declare -lu c=aB; declare -p c
declare -c d=xy; declare -rx d; declare -p d; echo ${d@a}
declare -p OPTIND FUNCNAME
## status: 0
## STDOUT:
declare -axu a=([0]="X")
axu
declare -aixl b
declare -- c="aB"
declare -rxc d="Xy"
rxc
declare -i OPTIND="1"
declare -a FUNCNAME
## END
#### references that cannot be
declare -n e= 2>&1; echo $?
a=(1); declare -n a 2>&1; echo $?
declare -n r='a[0]'; { r[0]=z; } 2>&1; echo no $?
a[0]=5 eval 'echo ${a[0]}' 2>&1
read -a m <<< x; declare -A m2; read -a m2 <<< x 2>&1; echo $?
{ declare -A k; k['']=1; } 2>&1
{ declare -A k=([a]=1 b); } 2>&1
## status: 0
## STDOUT:
bash: line 1: declare: `': not a valid identifier
1
bash: line 2: declare: a: reference variable cannot be an array
1
bash: line 3: `a[0]': not a valid identifier
1
bash: line 5: read: m2: not an indexed array
1
bash: line 6: k['']: bad array subscript
bash: line 7: k: 'b': must use subscript when assigning associative array
## END
#### a local without a value does not hide the variable from programs
export x=outer
f() { local x; echo "[${x-unset}]"; env | grep ^x=; }
f
## status: 0
## STDOUT:
[unset]
x=outer
## END
#### localvar_unset
f() { local x=1; g; echo "f ${x-unset}"; }
g() { unset x; echo "g ${x-unset}"; }
x=0; f; shopt -s localvar_unset; f
## status: 0
## STDOUT:
g 0
f 0
g unset
f unset
## END
