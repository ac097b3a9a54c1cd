#### compgen -A
cd $TMP
compgen -A function; f_one() { :; }; f_two() { :; }; compgen -A function f_; compgen -A function -- f_t
## status: 0
## STDOUT:
f_one
f_two
f_two
## END
#### compgen -A builtin re
cd $TMP
compgen -A builtin re; compgen -k | sort | head -40
## status: 0
## STDOUT:
read
readarray
readonly
return
!
[[
]]
case
coproc
do
done
elif
else
esac
fi
for
function
if
in
select
then
time
until
while
{
}
## END
#### compgen -W
cd $TMP
compgen -W 'one two three' t; compgen -W 'a b' z; echo $?; compgen -W '$(echo x1 x2)' x; compgen -P pre- -S -suf -W 'a b'
## status: 0
## STDOUT:
two
three
1
x1
x2
pre-a-suf
pre-b-suf
## END
#### compgen -v
cd $TMP
xyz_a=1; xyz_b=2; compgen -v xyz_; compgen -A variable xyz; export xyz_c; compgen -e xyz_
## status: 1
## STDOUT:
xyz_a
xyz_b
xyz_a
xyz_b
## END
#### compgen -A signal
cd $TMP
compgen -A signal SIGT; compgen -A signal | head -3
## status: 0
## STDOUT:
SIGTRAP
SIGTERM
SIGTSTP
SIGTTIN
SIGTTOU
EXIT
SIGHUP
SIGINT
## END
#### compgen -F -C -X
cd $TMP
g() { COMPREPLY=(a b c); }; compgen -F g 2>/dev/null; echo $?; compgen -X '*b' -W 'ab cd eb'; compgen -X '!*b' -W 'ab cd eb'
## status: 0
## STDOUT:
a
b
c
0
cd
ab
eb
## END
#### compgen errors
cd $TMP
compgen; echo $?; compgen -A nosuch; echo $?; compgen -Z; echo $?
## status: 0
## STDOUT:
0
2
2
## END
#### complete
cd $TMP
complete -W 'a b' foo; complete -F fn bar; complete -o nospace -A file baz; complete -p; complete -p foo; complete -r foo; complete -p foo; echo $?; complete -r; complete
## status: 0
## STDOUT:
complete -W 'a b' foo
complete -F fn bar
complete -o nospace -f baz
complete -W 'a b' foo
1
## END
#### complete errors
cd $TMP
complete -F f; echo $?; complete -p nosuch; echo $?; complete -Z; echo $?
## status: 0
## STDOUT:
2
1
2
## END
#### compopt
cd $TMP
compopt -o nospace; echo $?; complete -W x foo; compopt -o nospace foo; complete -p foo; compopt foo
## status: 0
## STDOUT:
1
complete -o nospace -W 'x' foo
compopt +o bashdefault +o default +o dirnames +o filenames +o noquote +o nosort -o nospace +o plusdirs foo
## END
#### complete in functions
cd $TMP
_f() { COMPREPLY=($(compgen -W "one two three" -- "$2")); }; complete -F _f mycmd; complete -p mycmd; compgen -F _f -- t 2>/dev/null; complete -r mycmd; complete -p mycmd 2>/dev/null; echo $?
## status: 0
## STDOUT:
complete -F _f mycmd
two
three
1
## END
