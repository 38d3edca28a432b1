/** Says that an ARN is of another account than the credentials: what it names may be there although nothing is found. */
export function otherAccount(arn: string, account: string | undefined): string | undefined {
  const its = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1]
  if (its === undefined || account === undefined || its === account) return undefined
  return `it is of account ${its}, and the credentials are of ${account}`
}
