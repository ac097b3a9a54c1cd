# What every case finds in its folder, with a fixed time.
printf 'banana\napple\ncherry\napple\n' > fruit.txt
printf 'one 1 x\ntwo 22 y\nthree 333 z\n' > data.txt
printf 'a,b,c\n1,2,3\n4,5,6\n' > d.csv
printf 'id:name:age\n1:Ann:30\n2:Bob:25\n3:Cy:35\n' > p.txt
printf 'alpha\nbeta\ngamma\ndelta\n' > g.txt
printf 'no newline' > nonl
printf 'a\tb\tc\n\td\n' > tabs
printf 'h\303\251llo w\303\266rld\n\346\227\245\346\234\254\n' > utf
printf 'a\n\n\nb\n\n' > blanks
seq 1 20 > nums
mkdir -p dir/sub; echo hi > dir/f1; echo there > dir/sub/f2; printf 'x' > 'dir/a b'
: > empty
printf 'The quick brown fox\njumps over the lazy dog\nTHE END\nfoo bar foo\n' > text
find . -exec touch -h -d '2024-03-05 12:34:56' {} +
