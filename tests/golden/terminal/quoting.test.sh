#### single quotes keep everything
echo 'a  $x `b` \n "c"'
## status: 0
## STDOUT:
a  $x `b` \n "c"
## END
#### double quotes expand
x=5; echo "x is $x and ${x}0 and \$x \`no\` \\ \z"
## status: 0
## STDOUT:
x is 5 and 50 and $x `no` \ \z
## END
#### adjacent quotes make one word
argv.py a"b c"'d e'f
## status: 0
## STDOUT:
['ab cd ef']
## END
#### empty quotes are a word
argv.py '' "" a"" ""b
## status: 0
## STDOUT:
['', '', 'a', 'b']
## END
#### backslash outside of quotes
argv.py a\ b \$x \\ \'
## status: 0
## STDOUT:
['a b', '$x', '\\', "'"]
## END
#### backslash newline joins
echo one\
two "three\
four"
## status: 0
## STDOUT:
onetwo threefour
## END
#### ansi c quotes
argv.py $'a\tb\nc' $'\x41\101\u00e9' $'it\'s' $'\e[0m'
## status: 0
## STDOUT:
['a\tb\nc', 'AA\xc3\xa9', "it's", '\x1b[0m']
## END
#### ansi c quotes with an unknown escape
argv.py $'\q\z'
## status: 0
## STDOUT:
['\\q\\z']
## END
#### control characters in ansi c quotes
argv.py $'\ca' $'\a\b\f\v'
## status: 0
## STDOUT:
['\x01', '\x07\x08\x0c\x0b']
## END
#### dollar double quote is a plain string
x=1; echo $"hello $x"
## status: 0
## STDOUT:
hello 1
## END
#### quote inside quotes
echo "it's" 'say "hi"' "say \"hi\""
## status: 0
## STDOUT:
it's say "hi" say "hi"
## END
#### a dollar alone is a dollar
echo $ a$ "$" "a$ b"
## status: 0
## STDOUT:
$ a$ $ a$ b
## END
#### exclamation mark is nothing special in a script
echo "hi!" 'a!b' a!b
## status: 0
## STDOUT:
hi! a!b a!b
## END
#### comments
echo a # b
echo a#b
# whole line
echo c
## status: 0
## STDOUT:
a
a#b
c
## END
#### semicolons and empty lines

echo a; echo b

echo c
## status: 0
## STDOUT:
a
b
c
## END
#### tabs and blanks between words
argv.py   a		b
## status: 0
## STDOUT:
['a', 'b']
## END
#### newline inside quotes
echo "a
b" 'c
d'
## status: 0
## STDOUT:
a
b c
d
## END
#### hash in a parameter
x='#a'; echo $x ${x#'#'}
## status: 0
## STDOUT:
#a a
## END
#### quoted operators are text
argv.py '|' ';' "&&" \> '<'
## status: 0
## STDOUT:
['|', ';', '&&', '>', '<']
## END
#### backslash in single quotes stays
argv.py 'a\'b
## status: 0
## STDOUT:
['a\\b']
## END
#### nested double quotes in command substitution
x='a b'; argv.py "$(echo "$x" "c  d")"
## status: 0
## STDOUT:
['a b c  d']
## END
#### single quotes inside a parameter default in double quotes
echo "${undef:-'a b'}"
## status: 0
## STDOUT:
'a b'
## END
#### double quotes inside a parameter default in double quotes
argv.py "${undef:-"a b"}"
## status: 0
## STDOUT:
['a b']
## END
#### unquoted default is split
argv.py ${undef:-a b "c d"}
## status: 0
## STDOUT:
['a', 'b', 'c d']
## END
#### unicode passes through
argv.py é 日本 "ü"
## status: 0
## STDOUT:
['\xc3\xa9', '\xe6\x97\xa5\xe6\x9c\xac', '\xc3\xbc']
## END
