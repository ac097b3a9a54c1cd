#### list
echo {a,b,c} x{1,2}y
## status: 0
## STDOUT:
a b c x1y x2y
## END
#### nested
echo a{b,c{d,e}f}g
## status: 0
## STDOUT:
abg acdfg acefg
## END
#### product
echo {a,b}{1,2}
## status: 0
## STDOUT:
a1 a2 b1 b2
## END
#### sequence
echo {1..5} {5..1} {a..e} {e..a}
## status: 0
## STDOUT:
1 2 3 4 5 5 4 3 2 1 a b c d e e d c b a
## END
#### step
echo {1..10..3} {10..1..4} {a..i..2}
## status: 0
## STDOUT:
1 4 7 10 10 6 2 a c e g i
## END
#### zero padding
echo {01..05} {1..010..3}
## status: 0
## STDOUT:
01 02 03 04 05 001 004 007 010
## END
#### negative
echo {-2..2} {2..-2..2}
## status: 0
## STDOUT:
-2 -1 0 1 2 2 0 -2
## END
#### empty elements
argv.py a{,b} {,x}y
## status: 0
## STDOUT:
['a', 'ab', 'y', 'xy']
## END
#### not a brace expansion
echo {a} {} {a,b a,b} a{b "{a,b}" '{x,y}'
## status: 0
## STDOUT:
{a} {} {a,b a,b} a{b {a,b} {x,y}
## END
#### variables expand later
x=1 y=2; echo {$x,$y} {1..$y}
## status: 0
## STDOUT:
1 2 {1..2}
## END
#### quoted parts
argv.py {"a b",c}d 'p'{1,2}"q r"
## status: 0
## STDOUT:
['a bd', 'cd', 'p1q r', 'p2q r']
## END
#### escaped comma
argv.py {a\,b,c}
## status: 0
## STDOUT:
['a,b', 'c']
## END
#### with a path
echo /{usr,home}/{bin,lib}
## status: 0
## STDOUT:
/usr/bin /usr/lib /home/bin /home/lib
## END
#### command substitution inside
echo {$(echo a),b}
## status: 0
## STDOUT:
a b
## END
#### no expansion in assignment
x={a,b}; echo $x
## status: 0
## STDOUT:
{a,b}
## END
#### mixed up braces
echo }{a,b}{ {a,b}} {{a,b}
## status: 0
## STDOUT:
}a{ }b{ a} b} {a {b
## END
#### single letter step mismatch
echo {a..3} {1..b}
## status: 0
## STDOUT:
{a..3} {1..b}
## END
#### tilde
HOME=/h; echo ~{/a,/b} {~,x}
## status: 0
## STDOUT:
/h/a /h/b /h x
## END
#### glob after braces
cd $TMP; mkdir bg; cd bg; touch a1 b1; echo {a,b}* {a,z}*
## status: 0
## STDOUT:
a1 b1 a1 z*
## END
#### set +B turns it off
set +B; echo {a,b}
## status: 0
## STDOUT:
{a,b}
## END
#### dollar brace is not one
x=v; echo ${x}{1,2}
## status: 0
## STDOUT:
v1 v2
## END
#### in for
for i in {1..3}; do echo $i; done
## status: 0
## STDOUT:
1
2
3
## END
#### preamble and postscript nest
echo pre{one,{two,three},four}post
## status: 0
## STDOUT:
preonepost pretwopost prethreepost prefourpost
## END
