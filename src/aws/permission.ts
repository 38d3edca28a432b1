/** What IAM calls the permission to make a call. */
import { type Method, calls, operationOf } from './aws.ts'

/** The prefix of a service's actions, where it is not what the AWS CLI calls the service. */
const prefixes: Readonly<Record<string, string>> = { elbv2: 'elasticloadbalancing' }

/** `iam:GetRole` of `getRole`. */
export function permissionOf(method: Method): string {
  const { client } = calls[method]
  const operation = operationOf(method)
  return `${prefixes[client] ?? client}:${operation[0]?.toUpperCase()}${operation.slice(1)}`
}
