#### basic operators
echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((-7/2)) $((7%3)) $((-7%3)) $((2**10))
## status: 0
## STDOUT:
7 9 3 -3 1 -1 1024
## END
#### comparison and logic
echo $((1<2)) $((2<=1)) $((1==1)) $((1!=1)) $((1&&0)) $((1||0)) $((!5)) $((!0))
## status: 0
## STDOUT:
1 0 1 0 0 1 0 1
## END
#### bit operators
echo $((5&3)) $((5|3)) $((5^3)) $((~5)) $((1<<4)) $((-16>>2))
## status: 0
## STDOUT:
1 7 6 -6 16 -4
## END
#### assignment operators
x=5; echo $((x+=2)) $((x-=1)) $((x*=3)) $((x/=2)) $((x%=5)) $((x<<=2)) $((x|=1)) $x
## status: 0
## STDOUT:
7 6 18 9 4 16 17 17
## END
#### increments
i=5; echo $((i++)) $i $((++i)) $i $((i--)) $((--i)) $i
## status: 0
## STDOUT:
5 6 7 7 7 5 5
## END
#### ternary
x=3; echo $((x>2?10:20)) $((x>5?1:x>2?2:3))
## status: 0
## STDOUT:
10 2
## END
#### comma
echo $((a=1, b=2, a+b)) $a $b
## status: 0
## STDOUT:
3 1 2
## END
#### bases
echo $((0x1f)) $((017)) $((2#101)) $((16#ff)) $((36#z)) $((64#_))
## status: 0
## STDOUT:
31 15 5 255 35 63
## END
#### variables by name and by dollar
x=4 y=x; echo $((x+1)) $(($x+1)) $((y+1)) $((u+1))
## status: 0
## STDOUT:
5 5 5 1
## END
#### recursive values
a=b b=c c=7; echo $((a))
## status: 0
## STDOUT:
7
## END
#### value that is an expression
e='1+2'; echo $((e*2)) $(($e*2))
## status: 0
## STDOUT:
6 5
## END
#### division by zero
echo $((1/0)); echo same line
echo next
## status: 0
## STDOUT:
next
## END
#### syntax error
echo $((1+)); echo same
echo next
## status: 0
## STDOUT:
next
## END
#### invalid octal
echo $((08)); echo no
echo next
## status: 0
## STDOUT:
next
## END
#### let
let x=1+2 y=x*2; echo $x $y; let 'z = 0'; echo $?
## status: 0
## STDOUT:
3 6
1
## END
#### double parens command
((x=5)); echo $? $x; ((0)); echo $?; ((x>3)) && echo big
## status: 0
## STDOUT:
0 5
1
big
## END
#### short circuit does not assign
x=0; echo $((0 && (x=1))) $((1 || (x=2))) $x
## status: 0
## STDOUT:
0 1 0
## END
#### overflow wraps
echo $((9223372036854775807+1)) $((-9223372036854775807-2))
## status: 0
## STDOUT:
-9223372036854775808 9223372036854775807
## END
#### spaces and newlines
echo $((  1 +
2  ))
## status: 0
## STDOUT:
3
## END
#### array elements
a=(10 20 30); i=1; echo $((a[1]+a[i+1])) $((a[0]++)) ${a[0]}
## status: 0
## STDOUT:
50 10 11
## END
#### assign to an element
((a[3]=7, a[1]+=2)); echo ${a[3]} ${a[1]} ${!a[@]}
## status: 0
## STDOUT:
7 2 1 3
## END
#### associative element
declare -A m=([x]=5); k=x; echo $((m[x]+1)) $((m[$k]*2)); ((m[y]+=3)); echo ${m[y]}
## status: 0
## STDOUT:
6 10
3
## END
#### precedence of unary minus and power
echo $((-2**2)) $((2**3**2))
## status: 0
## STDOUT:
4 512
## END
#### nested parentheses and substitution
echo $(( ($(echo 3) + 1) * 2 ))
## status: 0
## STDOUT:
8
## END
#### old syntax
echo $[1+2] $[ 2 * 3 ]
## status: 0
## STDOUT:
3 6
## END
#### c style for
for ((i=0; i<3; i++)); do echo $i; done; echo end $i
## status: 0
## STDOUT:
0
1
2
end 3
## END
#### for without parts
i=0; for ((;;)); do ((i++ > 2)) && break; done; echo $i
## status: 0
## STDOUT:
4
## END
#### integer attribute
declare -i n; n=2+3; echo $n; n+=5; echo $n; n=abc; echo $n
## status: 0
## STDOUT:
5
10
0
## END
#### negative numbers and plus
echo $((+5)) $((- -5)) $((5 - -3))
## status: 0
## STDOUT:
5 5 8
## END
#### empty expression
echo $(( ))
## status: 0
## STDOUT:
0
## END
#### quotes inside
x=3; echo $(("x"+1)) $(( "$x" + 1 ))
## status: 0
## STDOUT:
4 4
## END
#### logical result of strings
x=; echo $((x)) $((x+0))
## status: 0
## STDOUT:
0 0
## END
#### subshell inside double parens falls back
echo $( (echo a); (echo b) )
## status: 0
## STDOUT:
a b
## END
#### unset in set -u
set -u; echo $((nope+1)); echo never
## status: 1
## STDOUT:
## END
#### pre increment of element
a=(1 2); echo $((++a[1])) ${a[@]}
## status: 0
## STDOUT:
3 1 3
## END
#### hex letters in both cases
echo $((0xAbC)) $((16#AbC))
## status: 0
## STDOUT:
2748 2748
## END
#### comparison chains
echo $((3>2>1)) $((1<2==1))
## status: 0
## STDOUT:
0 1
## END
#### errors name the builtin or the sliced variable and give up the line
x=abc; echo ${x:1/0} 2>&1; echo no
{ x=abc; echo ${x:1/0}; } 2>&1; echo no
echo ${u:1/0} end
f() { local -i v=1/0; echo no; }; f 2>&1; echo no
declare -i n; { read n <<< 1/0; } 2>&1; echo no
for n in 1/0; do echo no; done 2>&1; echo no
{ unset 'a[1/0]'; } 2>&1; echo no
{ declare n=1/0; } 2>&1; echo no
export 'a[1]=2' 2>&1; echo $?
((y = 2, y**=2)) 2>&1; echo $?
## status: 0
## STDOUT:
bash: line 2: x: 1/0: division by 0 (error token is "0")
end
main: line 4: local: 1/0: division by 0 (error token is "0")
bash: line 5: read: 1/0: division by 0 (error token is "0")
bash: line 6: 1/0: division by 0 (error token is "0")
no
bash: line 8: declare: 1/0: division by 0 (error token is "0")
bash: line 9: export: `a[1]': not a valid identifier
1
bash: line 10: ((: y = 2, y**=2: syntax error: operand expected (error token is "=2")
1
## END
