#### basic
cat <<EOF
line one
  line two
EOF
## status: 0
## STDOUT:
line one
  line two
## END
#### expansion
x=5; cat <<EOF
x=$x $((x*2)) $(echo cmd) `echo tick` \$x \\ \a
EOF
## status: 0
## STDOUT:
x=5 10 cmd tick $x \ \a
## END
#### quoted delimiter
x=5; cat <<'EOF'
x=$x $((1)) \$ `no`
EOF
## status: 0
## STDOUT:
x=$x $((1)) \$ `no`
## END
#### partly quoted delimiter
cat <<E"O"F
$x
EOF
## status: 0
## STDOUT:
$x
## END
#### tabs stripped
cat <<-EOF
	one
		two
	EOF
## status: 0
## STDOUT:
one
two
## END
#### two documents
cat <<A; cat <<B
a text
A
b text
B
## status: 0
## STDOUT:
a text
b text
## END
#### two on one command
cat <<A - <<B
lost
A
kept
B
## status: 0
## STDOUT:
kept
## END
#### in a pipeline
cat <<EOF | tr a-z A-Z
shout
EOF
## status: 0
## STDOUT:
SHOUT
## END
#### in a loop
for i in 1 2; do cat <<EOF
i=$i
EOF
done
## status: 0
## STDOUT:
i=1
i=2
## END
#### in a function
f() { cat <<EOF
arg $1
EOF
}; f x; f y
## status: 0
## STDOUT:
arg x
arg y
## END
#### in a command substitution
x=$(cat <<EOF
inner "quoted" text
EOF
); echo "$x"
## status: 0
## STDOUT:
inner "quoted" text
## END
#### quotes are ordinary
x=v; cat <<EOF
"$x" '$x' it's
EOF
## status: 0
## STDOUT:
"v" 'v' it's
## END
#### default with quotes inside
cat <<EOF
${u:-"a b"} ${u:-'c d'}
EOF
## status: 0
## STDOUT:
a b 'c d'
## END
#### line continuation
cat <<EOF
one \
two
EOF
## status: 0
## STDOUT:
one two
## END
#### continuation in a quoted one stays
cat <<'EOF'
one \
two
EOF
## status: 0
## STDOUT:
one \
two
## END
#### empty document
cat <<EOF
EOF
echo done
## status: 0
## STDOUT:
done
## END
#### to a builtin
read a b <<EOF
one two three
EOF
echo "$b"
## status: 0
## STDOUT:
two three
## END
#### with redirection
cd $TMP; cat <<EOF > hd
content
EOF
cat hd
## status: 0
## STDOUT:
content
## END
#### arrays and parameter operators
a=(1 2 3); cat <<EOF
${a[@]} ${#a[@]} ${a[1]/2/two}
EOF
## status: 0
## STDOUT:
1 2 3 3 two
## END
#### at in a here document
set -- 'a b' c; cat <<EOF
$@ - $*
EOF
## status: 0
## STDOUT:
a b c - a b c
## END
#### compound command after
if true; then cat <<EOF
yes
EOF
fi
## status: 0
## STDOUT:
yes
## END
#### while with a document
while read l; do echo "<$l>"; done <<EOF
a
b
EOF
## status: 0
## STDOUT:
<a>
<b>
## END
#### here strings
cat <<< 'x'; cat <<< "$(printf 'a\nb')"
## status: 0
## STDOUT:
x
a
b
## END
#### on another descriptor
cat <<EOF 3<<E2 <&3
zero
EOF
three
E2
## status: 0
## STDOUT:
three
## END
#### nested quotes of delimiter
cat <<"E F"
text
E F
## status: 0
## STDOUT:
text
## END
#### dollar at the end
cat <<EOF
cost: 5$ and $ alone
EOF
## status: 0
## STDOUT:
cost: 5$ and $ alone
## END
#### delimiter in text is not the end
cat <<EOF
EOF not
 EOF
xEOF
EOF
## status: 0
## STDOUT:
EOF not
 EOF
xEOF
## END
#### case inside here document substitution
cat <<EOF
$(case x in x) echo match;; esac)
EOF
## status: 0
## STDOUT:
match
## END
