/** Any error as data: what happened, why, and what to do. */
import { OddAnswer, notOfAws } from '../aws/answer.ts'
import { settingsProblem } from '../aws/checkSettings.ts'
import { deniedAction, isDenied } from '../aws/denied.ts'
import { isConnectionCode } from '../aws/retry.ts'
import { awsCommand } from '../ground/command.ts'
import { defined } from '../ground/defined.ts'
import { EcsTaskError, UncaughtError } from '../ground/errors.ts'
import type { Problem } from './events.ts'

/** Any error as data for events and for people. What we did not foresee keeps its stack. */
export function problemOf(error: unknown): Problem {
  const seen = explain(error)
  if (seen instanceof EcsTaskError) {
    const { code, message: what, why, fix, problems } = seen
    return { ...defined({ code, what, why, fix }), ...(problems.length > 0 && { problems }) }
  }
  const { message, stack } = seen instanceof Error ? seen : new Error(String(seen))
  const where = seen instanceof UncaughtError ? 'ecs-task, or in a file that it loaded' : 'ecs-task'
  return defined({ code: 'Unexpected', what: message, why: `This is a bug in ${where}.`, stack })
}

/** The SDK's errors in our words, where it is known what to do about them; every other error as it is. */
export function explain(error: unknown): unknown {
  if (error instanceof EcsTaskError || error instanceof UncaughtError || !(error instanceof Error)) return error
  const cause = { cause: error }
  const name = error.name
  if (/requires multi-factor|MultiFactorAuthentication failed/.test(error.message)) return explainMfa(error)
  if (name === 'CredentialsProviderError' || /could not load credentials/i.test(error.message)) {
    return new EcsTaskError('NoCredentials', 'No AWS credentials found.', {
      why: error.message,
      fix: 'Set AWS_PROFILE or AWS_ACCESS_KEY_ID, log in with `aws sso login`, or try it without an account: --local.',
      ...cause,
    })
  }
  if (/region is missing/i.test(error.message)) {
    return new EcsTaskError('NoRegion', 'No AWS region given.', {
      why: 'Neither --region, nor AWS_REGION, nor the profile names one.',
      fix: 'Pass --region, as in --region eu-west-1, or set AWS_REGION.',
      ...cause,
    })
  }
  const settings = settingsProblem(error)
  if (settings) return settings
  if (credentialNames.has(name)) {
    return new EcsTaskError('NoCredentials', 'AWS does not accept the credentials.', {
      why: `${name}: ${error.message}`,
      fix: 'Log in again, or check AWS_PROFILE and the clock of this machine.',
      ...cause,
    })
  }
  if (error instanceof OddAnswer) {
    return new EcsTaskError('RefusedByAws', `The answer to ${error.operation} is not one that AWS gives.`, {
      why: error.message,
      fix: 'Check AWS_ENDPOINT_URL and HTTPS_PROXY: something else than AWS may have answered.',
      ...cause,
    })
  }
  if (isDenied(error)) return explainDenied(error)
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  if (isOfAws(error) && error.message !== 'UnknownError')
    return new EcsTaskError('RefusedByAws', `AWS refused: ${error.message}`, { why: `It answered ${name}.`, ...cause })
  // A proxy between us and AWS may answer with a page of HTML, which the SDK cannot read.
  if (status !== undefined) {
    return new EcsTaskError('RefusedByAws', `AWS, or a proxy before it, answered with HTTP ${status}.`, {
      why: status === 407 ? 'The proxy asks for a name and a password.' : notOfAws,
      fix:
        status === 407
          ? 'Write them into HTTPS_PROXY: http://NAME:PASSWORD@HOST:PORT'
          : 'Check HTTPS_PROXY and AWS_ENDPOINT_URL, or try again later.',
      ...cause,
    })
  }
  const ofMachine = explainMachine(error)
  if (ofMachine) return ofMachine
  if (isConnection(error)) {
    return new EcsTaskError('RefusedByAws', 'AWS cannot be reached.', {
      why: `${(error as { code?: string }).code ?? name}: ${error.message}`,
      fix: 'Check the network, the region, HTTPS_PROXY and AWS_ENDPOINT_URL.',
      ...cause,
    })
  }
  return error
}

/** The SDK found nobody to ask for the code of an MFA device, or AWS did not take the code. */
function explainMfa(error: Error): EcsTaskError {
  const isRefused = error.name !== 'CredentialsProviderError'
  const what = isRefused
    ? 'AWS did not accept the MFA code.'
    : 'The profile needs an MFA code, and there is no terminal.'
  const fix = isRefused
    ? 'Wait for the next code of the device, and try again.'
    : `Run it on a terminal, or set what this prints: ${awsCommand('configure export-credentials', { format: 'env' })}`
  return new EcsTaskError('NoCredentials', what, { why: error.message, fix, cause: error })
}

/** The page that lists every permission, for whoever has only the program. */
const permissionsPage = 'https://github.com/ecs-task/ecs-task/blob/main/docs/permissions.md'

function explainDenied(error: Error): EcsTaskError {
  const { action = 'a required call', resource } = deniedAction(error.message)
  const denied = resource === undefined ? action : `${action} on ${resource}`
  return new EcsTaskError('RefusedByAws', `AWS denied ${denied}.`, {
    why: error.message,
    fix: `Allow it in the caller's policy; all permissions: ${permissionsPage}`,
    cause: error,
  })
}

const credentialNames = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestTimeTooSkewed',
  'RequestExpired',
])

function isOfAws(error: Error): boolean {
  return '$metadata' in error && (error as { $fault?: unknown }).$fault !== undefined
}

/** A full disk, a missing permission, too many open files: what the operating system refuses that is not the network. */
function explainMachine(error: Error): EcsTaskError | undefined {
  const { code = '', syscall, path } = error as NodeJS.ErrnoException
  const more = { why: error.message, cause: error }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EcsTaskError('BadArguments', 'No space left on the disk.', {
      ...more,
      fix: 'Free some, then try again.',
    })
  }
  if (code === '' || syscall === undefined || isConnection(error)) return undefined
  const what = path === undefined ? 'The operating system refused.' : `The file ${path} cannot be used.`
  return new EcsTaskError('BadArguments', what, more)
}

/** Whether somebody else has come after, or before: what is there now is theirs. */
export function isSuperseded(error: unknown): boolean {
  return error instanceof EcsTaskError && error.code === 'DeploymentSuperseded'
}

/** Whether that was another deploy of the same, which goes on with what it finds: its error says so. */
export function isTakenByRun(error: unknown): boolean {
  if (!(error instanceof EcsTaskError) || !isSuperseded(error)) return false
  return error.evidence !== undefined && 'byRun' in error.evidence && error.evidence.byRun === true
}

/** System calls of the network; their codes may be those of a file as well, such as EACCES and EMFILE. */
const networkCalls = new Set(['connect', 'getaddrinfo', 'bind', 'listen'])

export function isConnection(error: Error): boolean {
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException
  if (error.name === 'TimeoutError' || networkCalls.has(syscall)) return true
  return path === undefined && isConnectionCode(code)
}
