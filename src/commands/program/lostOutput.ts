// Lets a run go on whose output cannot be written: a full disk, a closed pipe or a terminal that is gone ends nothing.
import type { Writable } from 'node:stream'

const outlived = new WeakSet<Writable>()

/** Says once, on the standard error, that the standard output is not complete; whoever closed it, as `head` does, knows. */
export function outliveOutput({ stdout, stderr }: { readonly stdout: Writable; readonly stderr: Writable }): void {
  let isTold = false
  onError(stdout, ({ code, message }) => {
    if (isTold || code === 'EPIPE') return
    isTold = true
    stderr.write(`! Standard output cannot be written and is incomplete: ${message}\n`)
  })
  onError(stderr, () => {})
}

/** Resolves when everything that was written has been taken, or lost. */
export async function flushed(...streams: Writable[]): Promise<void> {
  await Promise.all(streams.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))))
}

function onError(stream: Writable, hear: (error: NodeJS.ErrnoException) => void): void {
  if (outlived.has(stream)) return
  outlived.add(stream)
  stream.on('error', hear)
}
