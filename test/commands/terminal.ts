// Runs the program on a terminal, made by the `script` command.
import { stripVTControlCharacters } from 'node:util'
import { type Project, type Started, emptyEnvironment, onPath, startProcess } from './support.ts'

/** What makes a terminal; without it there is none to test on. */
export const script = process.platform === 'linux' ? onPath('script') : undefined

export interface OnTerminal {
  readonly said: Started['said']
  /** Types: what the terminal makes of it goes to everything that runs in it, as a SIGINT does for Ctrl-C. */
  readonly type: (key: string) => void
  /** `screen` is everything that was sent to the terminal. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly screen: string }>
}

export const ctrlC = '\u0003'

/**
 * Starts `node --import tsx WORDS` on a terminal of 80 by 24, which neither shows the keys nor throws away at a Ctrl-C
 * what has not been read yet: both would tear the text that a test looks for.
 */
export function onTerminal({ folder }: Project, words: string, env: Record<string, string> = {}): OnTerminal {
  const command = `stty cols 80 rows 24 -echo noflsh; exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' ${words}`
  const { child, said, ended } = startProcess(script!, ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...emptyEnvironment(folder), TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
  })
  // A terminal that has been closed takes no more keys.
  child.stdin?.on('error', () => {})
  return {
    said,
    type: (key) => void child.stdin?.write(key),
    ended: ended.then(({ exitCode, stdout }) => ({ exitCode, screen: stdout })),
  }
}

/** How a screen reads without the terminal's own language, and however it is broken into lines. */
export function plainText(screen: string): string {
  return stripVTControlCharacters(screen).replaceAll(/\s+/g, ' ').trimEnd()
}
