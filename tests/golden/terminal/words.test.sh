#### eval and let take a bracketed list as one word
list='x y'; eval got=("one two" $list \$list); declare -p got
let n=(2+5); echo $n
typeset -i half; half=(6*3)/2; echo $half
text=(1 2)3; declare -p text
## status: 0
## STDOUT:
declare -a got=([0]="one" [1]="two" [2]="x" [3]="y" [4]="x" [5]="y")
7
9
declare -- text="(1 2)3"
## END
#### a here-document may end on the line of the bracket
a=$(cat <<STOP
inside )
STOP)
echo "[$a]"
(echo "$(cat <<STOP
two
STOP )")
cat <<-'	TABBED'
	body
	TABBED
cat <<SP\
LIT
joined
SPLIT
## status: 0
## STDOUT:
[inside )]
two
body
joined
## END
#### single quotes inside of a quoted default hide a brace
unset none
echo "${none:-'}'}" "${none:-a'"'b}" "${none:-q"u o"ted}"
set -o posix
echo "${none:-don't}"
## status: 0
## STDOUT:
'}' a''b qu oted
don't
## END
#### redirections do not see the variables of their command
who=outer
who=inner cat <<<"$who"
who=inner cat <<HERE
$who
HERE
show() { cat; echo $who; }
who=inner show <<<"$who"
## status: 0
## STDOUT:
outer
outer
outer
inner
## END
#### a function shows its substitutions as they were read
shown() {
    a=$( echo one;  echo two
        echo three )
    b="$( ( echo x ) )" c=$(<file) d=`echo  kept`
    for i in $( if true; then echo y; fi ) <( cat ); do :; done
}
type shown
## status: 0
## STDOUT:
shown is a function
shown () 
{ 
    a=$(echo one; echo two
echo three);
    b="$( ( echo x ))" c=$(< file) d=`echo  kept`;
    for i in $(if true; then
    echo y;
fi) <(cat);
    do
        :;
    done
}
## END
