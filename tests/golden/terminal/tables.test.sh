#### the order of aliases, hashed commands and completions
alias blat='cd /' foo=bar qux=quux sh='bash -l' zed=x
echo ${!BASH_ALIASES[@]}
hash -r; BASH_CMDS[foo]=/x/foo; BASH_CMDS[blat]=/x/blat; hash -p /x/qux qux; hash -p /x/sh sh
echo ${!BASH_CMDS[@]}; hash; hash -l
complete -c nice; complete -u su; complete -f source; complete -d rmdir; complete -v getopts; complete -j fg
complete
## status: 0
## STDOUT:
blat zed foo sh qux
foo sh blat qux
hits	command
   0	/x/foo
   0	/x/sh
   0	/x/blat
   0	/x/qux
builtin hash -p /x/foo foo
builtin hash -p /x/sh sh
builtin hash -p /x/blat blat
builtin hash -p /x/qux qux
complete -v getopts
complete -c nice
complete -j fg
complete -u su
complete -f source
complete -d rmdir
## END
#### a terminal that is not there
{ read x < /dev/tty; } 2>&1 | sed 's/.*: //'
## status: 0
## STDOUT:
No such device or address
## END
