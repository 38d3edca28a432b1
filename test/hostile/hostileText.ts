// Texts that attack a terminal, and how to find them in an output.
import * as fc from 'fast-check'

/** Text from outside that takes over a terminal or a log, or misleads its reader; each has done so somewhere. */
export const attacks: readonly string[] = [
  '\x1b[31mred\x1b[0m',
  '\x1b[2J\x1b[1;1H',
  '\x1b]0;a title\x07',
  '\x1b]8;;https://evil.example/\x1b\\a link\x1b]8;;\x1b\\',
  '\x1b]52;c;Y2xpcGJvYXJk\x07',
  '\x1bP$q\x1b\\',
  '\x1b[6n',
  '\x1b',
  '\x1b[',
  '\x1b]8;;',
  '\x9b31m',
  '\x9d0;a title\x9c',
  'overwritten\rand\b\b\bgone',
  '\n✓ Deployed v1 of WebTask\n',
  '\u0000',
  '\u0007',
  '\u007f',
  '\u0085\u2028\u2029\v\f',
  '\u202egnp.exe\u202c',
  '\u2066isolated\u2069',
  '\u200b\ufeff\u00ad',
  '\ud800',
  '\udc00',
  '\u{e0041}\u{e007f}',
  '\n::error::not ours\n::set-output name=a::b',
  '::stop-commands::x',
  '  ::add-mask::ours',
  '##[error]not ours',
  '###[group]##[section]',
  '##vso[task.setvariable variable=a;isOutput=true]b',
  '##teamcity[buildStatus text=]',
  'section_start:1560896352:ours',
  'e\u0301'.repeat(50),
  'x'.repeat(1_000),
]

/** One or several of them, with any text around. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

/** What a CI runner takes for a command, in any of the lines of an output. */
export const runnerCommand = /##\w*\[|^\s*::|section_(?:start|end):\d/im
