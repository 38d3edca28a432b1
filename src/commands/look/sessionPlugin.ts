// Starts AWS's session-manager-plugin, which connects a terminal to a container.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ExecSession } from '../../deploy/look/openExec.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { interruptions } from '../../ground/exitCode.ts'
import { lazy } from '../../ground/lazy.ts'
import type { Context } from '../program/command.ts'

const loadChildProcess = (): typeof import('node:child_process') => lazy('node:child_process')

const installing =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html'

/** Where the plugin is. Throws `BadArguments` where it is not installed. */
export function sessionPlugin({ env }: Pick<Context, 'env'>): string {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const names = ['session-manager-plugin', 'session-manager-plugin.exe']
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new EcsTaskError('BadArguments', 'session-manager-plugin is not installed.', {
    why: 'AWS connects a terminal to a container with it, and it is not on the PATH.',
    fix: `Install it: ${installing}`,
  })
}

/**
 * Runs it in this terminal to its end; answers with its exit code. A Ctrl-C is for what runs in the container, and the terminal
 * sends it to the plugin, too; what asks this process to end is passed on. The plugin's arguments are those with which the AWS CLI
 * starts it: session, region, operation, profile, request, and the endpoint of Systems Manager.
 * https://github.com/aws/session-manager-plugin#troubleshooting
 */
export async function runPlugin(
  plugin: string,
  { session, region, target, endpoint, profile }: ExecSession & { endpoint: string | undefined; profile: string },
  { env, onSignal }: Pick<Context, 'env' | 'onSignal'>,
): Promise<number> {
  const partition = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const words = [
    JSON.stringify(session),
    region,
    'StartSession',
    profile,
    JSON.stringify({ Target: target }),
    endpoint ?? `https://ssm.${region}.${partition}`,
  ]
  const { spawn } = loadChildProcess()
  let off = (): void => {}
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(plugin, words, { stdio: 'inherit', env })
      off = onSignal((signal) => void (signal === 'SIGINT' || child.kill(signal)))
      child.on('error', (cause: Error) =>
        reject(new EcsTaskError('BadArguments', `${plugin} cannot be started.`, { why: cause.message, cause })),
      )
      child.on('close', (code, signal) => resolve(code ?? interruptions[signal as keyof typeof interruptions] ?? 1))
    })
  } finally {
    off()
  }
}
