#### a compound command
coproc { read x; echo "got $x"; }; echo hello >&${COPROC[1]}; read y <&${COPROC[0]}; echo $y; wait $COPROC_PID; echo $?
## status: 0
## STDOUT:
got hello
0
## END
#### with a name
coproc UP { tr a-z A-Z; }; echo abc >&${UP[1]}; eval "exec ${UP[1]}>&-"; cat <&${UP[0]}; wait
## status: 0
## STDOUT:
ABC
## END
#### a simple command
coproc cat; echo line >&"${COPROC[1]}"; read -r l <&"${COPROC[0]}"; echo "$l ${#COPROC[@]} ${COPROC[@]}"; kill $COPROC_PID
## status: 0
## STDOUT:
line 2 63 60
## END
#### a loop of questions and answers
coproc DOUBLE { while read n; do echo $((n * 2)); done; }; for i in 1 2 3; do echo $i >&${DOUBLE[1]}; read r <&${DOUBLE[0]}; echo $r; done; [ $DOUBLE_PID = $! ] && echo pid
## status: 0
## STDOUT:
2
4
6
pid
## END
#### as it is printed
f() { coproc cat; coproc X { a; }; coproc while b; do c; done; }; declare -f f
## status: 0
## STDOUT:
f () 
{ 
    coproc COPROC cat;
    coproc X { 
        a
    };
    coproc COPROC while b; do
        c;
    done
}
## END
#### other forms
coproc ( echo sub ); read x <&${COPROC[0]}; echo $x; wait; coproc 1x { :; } 2>/dev/null; echo $?
## status: 0
## STDOUT:
sub
1
## END
