/** What AWS takes as the name of a cluster or a service; nothing else in an answer gets into a command line. */
export const isAwsName = (name: unknown): name is string =>
  typeof name === 'string' && /^[A-Za-z0-9_-]{1,255}$/.test(name)
