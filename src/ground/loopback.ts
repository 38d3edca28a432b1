/** Whether a host is the machine itself, which no network lies between. */
const thisMachine = /^(localhost|.*\.localhost|127(\.\d+){3}|\[?::1\]?)$/i

export function isLoopback(host: string): boolean {
  return thisMachine.test(host)
}
