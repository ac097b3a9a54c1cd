#### arguments
f() { echo "$# $1 $2"; }; f a 'b c'; f; echo $#
## status: 0
## STDOUT:
2 a b c
0  
0
## END
#### forms
function g { echo g; }; function h() { echo h; }; i() ( echo i; ); g; h; i
## status: 0
## STDOUT:
g
h
i
## END
#### locals
x=global; f() { local x=local; g; }; g() { echo $x; }; f; echo $x
## status: 0
## STDOUT:
local
global
## END
#### local without a value
x=1; f() { local x; echo "[$x]"; x=2; }; f; echo $x
## status: 0
## STDOUT:
[]
1
## END
#### dynamic scope assignment
f() { local v=1; g; echo $v; }; g() { v=2; }; f; echo "[$v]"
## status: 0
## STDOUT:
2
[]
## END
#### recursion
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }; fact 6
## status: 0
## STDOUT:
720
## END
#### deep recursion
d() { [ $1 = 0 ] && { echo bottom; return; }; d $(($1-1)); }; d 200
## status: 0
## STDOUT:
bottom
## END
#### return in a loop
f() { for i in 1 2 3; do [ $i = 2 ] && return $i; done; }; f; echo $?
## status: 0
## STDOUT:
2
## END
#### redirection at the definition
cd $TMP; f() { echo to file; } > fo; f; cat fo
## status: 0
## STDOUT:
to file
## END
#### unset and redefine
f() { echo 1; }; f; f() { echo 2; }; f; unset -f f; f 2>/dev/null; echo $?
## status: 0
## STDOUT:
1
2
127
## END
#### function names with odd characters
my-func() { echo dash; }; a.b() { echo dot; }; my-func; a.b
## status: 0
## STDOUT:
dash
dot
## END
#### a function hides a builtin
echo() { builtin echo "fn: $*"; }; echo hi; unset -f echo; echo hi
## status: 0
## STDOUT:
fn: hi
hi
## END
#### command skips functions
ls() { echo fake; }; ls; command -v ls; cd $TMP; mkdir lsd; touch lsd/a; command ls lsd
## status: 0
## STDOUT:
fake
ls
a
## END
#### declare -f prints
f() { echo "a b"; if true; then echo x; fi; }
declare -f f
## status: 0
## STDOUT:
f () 
{ 
    echo "a b";
    if true; then
        echo x;
    fi
}
## END
#### type of a function
f() { for i in 1 2; do echo $i; done; }; type f
## status: 0
## STDOUT:
f is a function
f () 
{ 
    for i in 1 2;
    do
        echo $i;
    done
}
## END
#### printing more forms
f() { while read x; do case $x in a) echo 1 ;; *) echo 2 ;; esac; done < file > out 2>&1; [[ -n $x && $y == z ]] || ((i++)); ( cd /; ls ) | cat & }
declare -f f
## status: 0
## STDOUT:
f () 
{ 
    while read x; do
        case $x in 
            a)
                echo 1
            ;;
            *)
                echo 2
            ;;
        esac;
    done < file > out 2>&1;
    [[ -n $x && $y == z ]] || ((i++));
    ( cd /;
    ls ) | cat &
}
## END
#### print a function with a here document
f() { cat <<E
text $1
E
}
declare -f f
## status: 0
## STDOUT:
f () 
{ 
    cat <<E
text $1
E

}
## END
#### positional restored
set -- o1 o2; f() { set -- i1; echo $1 $#; }; f; echo $1 $#
## status: 0
## STDOUT:
i1 1
o1 2
## END
#### shift in a function
f() { shift; echo $*; }; f a b c
## status: 0
## STDOUT:
b c
## END
#### local in nested calls
f() { local a=1; g; echo $a; }; g() { local a=2; h; echo $a; }; h() { a=3; }; f
## status: 0
## STDOUT:
3
1
## END
#### unset of a local
x=g; f() { local x=l; unset x; echo "[${x-unset}]"; }; f; echo $x
## status: 0
## STDOUT:
[unset]
g
## END
#### unset in a callee uncovers
x=g; f() { local x=l; g; echo $x; }; g() { unset x; }; f
## status: 0
## STDOUT:
g
## END
#### temporary environment of a function
f() { echo $v; v=3; }; v=1; v=2 f; echo $v
## status: 0
## STDOUT:
2
1
## END
#### funcname and caller
f() { echo ${FUNCNAME[0]}; g; }; g() { echo ${FUNCNAME[1]}; }; f
## status: 0
## STDOUT:
f
f
## END
#### return outside
return 3; echo $?
## status: 0
## STDOUT:
2
## END
#### local outside
local x=1; echo $?
## status: 0
## STDOUT:
1
## END
#### nameref
f() { declare -n r=$1; r=changed; }; v=old; f v; echo $v
## status: 0
## STDOUT:
changed
## END
#### nameref to an array
f() { local -n a=$1; a+=(x); echo ${#a[@]}; }; arr=(1 2); f arr; echo ${arr[@]}
## status: 0
## STDOUT:
3
1 2 x
## END
#### nameref element
declare -A m; declare -n e='m[k]'; e=5; echo ${m[k]} $e
## status: 0
## STDOUT:
5 5
## END
#### nameref introspection
declare -n r=target; target=5; echo ${!r} $r; unset -n r; echo "[$r]" $target
## status: 0
## STDOUT:
target 5
[] 5
## END
#### recursion with local arrays
f() { local -a a=($1); (( $1 < 3 )) && f $(($1+1)); echo ${a[0]}; }; f 1
## status: 0
## STDOUT:
3
2
1
## END
#### export -f
f() { echo exported $1; }; export -f f; bash -c 'f x'
## status: 0
## STDOUT:
exported x
## END
#### readonly function
f() { echo 1; }; readonly -f f; f() { echo 2; }; f
## status: 0
## STDOUT:
1
## END
#### status of a definition
false; f() { :; }; echo $?
## status: 0
## STDOUT:
0
## END
#### function in a pipeline
up() { tr a-z A-Z; }; echo abc | up
## status: 0
## STDOUT:
ABC
## END
#### braces in function body one line
f() { { echo a; }; }; f
## status: 0
## STDOUT:
a
## END
#### local -r and -i
f() { local -i n=2+3; local -r c=1; echo $n $c; c=2; echo never; }; f; echo after
## status: 1
## STDOUT:
5 1
## END
#### local with several and with expansion
f() { local a=$1 b="$2 x" c=$a; echo "$a|$b|$c"; }; f 1 2
## status: 0
## STDOUT:
1|2 x|
## END
#### set -- inside eval
f() { eval 'set -- p q'; echo $2; }; f a
## status: 0
## STDOUT:
q
## END
#### recursion depth via FUNCNEST
FUNCNEST=5; f() { f; }; f 2>/dev/null; echo $?
## status: 1
## STDOUT:
## END
#### a function prints its here-documents below the line that they belong to
f() { cat <<E
text $x
E
echo after; cat <<-'Q' | tr a b
	tabbed
	Q
while read l; do cat <<L; done
body
L
cat <<A && echo b
a
A
}
declare -f f
g() { { cat <<E
a
E
}; case x in x) cat <<E
c
E
;; y) ;; esac; echo z & echo y & echo end; }
declare -f g
## status: 0
## STDOUT:
f () 
{ 
    cat <<E
text $x
E

    echo after
    cat <<-'Q' |
tabbed
Q
  tr a b
    while read l; do
        cat <<L
body
L

    done
    cat <<A && 
a
A
 echo b
}
g () 
{ 
    { 
        cat <<E
a
E

    }
    case x in 
        x)
            cat <<E
c
E

        ;;
        y)

        ;;
    esac
    echo z & echo y & echo end
}
## END
#### a function prints descriptors and translated strings as bash keeps them
f() { a <> h; a 3<> i; echo $"text" "$x" $'c'; }
declare -f f
## status: 0
## STDOUT:
f () 
{ 
    a 0<> h;
    a 3<> i;
    echo "text" "$x" 'c'
}
## END
#### declare -f -p shows what is special about a function
f() { :; }
export -f f
declare -f f
declare -f -p f
readonly -f f
declare -Fp f
declare -ft nosuch; echo $?
## status: 0
## STDOUT:
f () 
{ 
    :
}
f () 
{ 
    :
}
declare -fx f
declare -frx f
1
## END
#### a function's name may not have quotes
$x() { :; }
echo $?
'q'() { :; }
echo $?
bash -o posix -c 'a-b() { :; }
echo no' 2>&1; echo $?
## status: 0
## STDOUT:
1
1
bash: line 1: `a-b': not a valid identifier
2
## END
