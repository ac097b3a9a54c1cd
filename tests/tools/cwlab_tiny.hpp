#pragma once
// `cwlab tiny ...`: what the trained toy does, as JSON. argv[0] is "tiny"; the rest are the subcommand and its options:
//
//   cwlab tiny metrics --weights FILE [--quick|--page]
//   cwlab tiny dpo --weights FILE --steps N --seed S [--beta X] [--anchor X] [--lr X] [--pairs N]
//       [--w-harm X] [--w-help X] [--caution X] [--borderline 0|1] [--depth X] [--help-frames LIST]
//       [--coverage X] [--coverage-frames LIST] [--ptx X] [--texts N] [--every N] [--quick|--page|--no-metrics]
//
// LIST names frames with commas between: direct, role-play, hypothetical, story, prefix, cipher.

// Returns the exit status: 0, or 2 for bad arguments and for a file that it cannot read.
int tiny_main(int argc, char** argv);
