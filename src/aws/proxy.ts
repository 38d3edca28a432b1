/** The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for. */
import type { Agent, AgentOptions } from 'node:http'
import process from 'node:process'
import { EcsTaskError } from '../ground/errors.ts'
import { lazy } from '../ground/lazy.ts'
import { isLoopback } from '../ground/loopback.ts'

interface Asked {
  readonly host?: string | null
  readonly port?: number | string | null
}

/** An agent as Node's requests use it. */
type Working = Agent & { addRequest(request: object, options: Asked): void }

/**
 * Agents that send each request through the proxy of the environment, or past it: NO_PROXY decides, and whatever runs on
 * this machine, as a local AWS does, is never asked for through one. Without a proxy, the options of Node's own agents.
 */
export function proxyAgents(options: AgentOptions): { httpAgent: object; httpsAgent: object } {
  const [http, https] = [proxyOf('http'), proxyOf('https')]
  return {
    httpAgent: http === undefined ? options : routed(new (loadHttp().Agent)(options), 'http', http, options),
    httpsAgent: https === undefined ? options : routed(new (loadHttps().Agent)(options), 'https', https, options),
  }
}

type Scheme = 'http' | 'https'

/** As curl reads it: lower case first, and a proxy without a scheme speaks HTTP. */
function proxyOf(scheme: Scheme): URL | undefined {
  const name = `${scheme}_proxy`
  const value = process.env[name] || process.env[name.toUpperCase()]
  if (!value) return undefined
  const text = value.includes('://') ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  // Not the value: it may hold a password.
  throw new EcsTaskError('BadArguments', `${name.toUpperCase()} is not the URL of an HTTP proxy.`, {
    fix: 'Write it as http://HOST:PORT, or name in NO_PROXY what needs no proxy: .amazonaws.com',
  })
}

function routed(direct: Agent, scheme: Scheme, proxy: URL, options: AgentOptions): Agent {
  let through: Working | undefined
  const { addRequest } = direct as Working
  return Object.assign(direct, {
    addRequest(request: object, asked: Asked) {
      if (!needsProxy(scheme, asked)) return addRequest.call(direct, request, asked)
      through ??= agentOf(scheme, proxy, options) as Working
      // The agent would otherwise look for the scheme in the call stack.
      through.addRequest(request, { ...asked, secureEndpoint: scheme === 'https' } as Asked)
    },
  })
}

function agentOf(scheme: Scheme, proxy: URL, options: AgentOptions): Agent {
  if (scheme === 'http') return new (loadHttpAgent().HttpProxyAgent)(proxy, options)
  return new (loadHttpsAgent().HttpsProxyAgent)(proxy, options)
}

const loadHttp = (): typeof import('node:http') => lazy('node:http')
const loadHttps = (): typeof import('node:https') => lazy('node:https')
const loadHttpAgent = (): typeof import('http-proxy-agent') => lazy('http-proxy-agent')
const loadHttpsAgent = (): typeof import('https-proxy-agent') => lazy('https-proxy-agent')
const loadProxyRules = (): typeof import('proxy-from-env') => lazy('proxy-from-env')

function needsProxy(scheme: Scheme, { host, port }: Asked): boolean {
  const name = host ?? 'localhost'
  if (isLoopback(name)) return false
  const authority = `${name.includes(':') ? `[${name}]` : name}:${port ?? ''}`
  return loadProxyRules().getProxyForUrl(`${scheme}://${authority}`) !== ''
}
