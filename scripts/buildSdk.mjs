// The SDK as files of `dist`: of each client only the calls that are made, what they have in common once, and no HTTP/2. It is read
// in 40 files rather than some hundred, none of which has to be looked for; docs/decisions/start-up.md has the figures.
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

/** What is needed of the packages that are no clients. */
const others = {
  handler: { specifier: '@smithy/node-http-handler', names: ['NodeHttpHandler'] },
  endpoints: { specifier: '@smithy/core/endpoints', names: ['resolveEndpointConfig'] },
  config: {
    specifier: '@smithy/core/config',
    names: [
      'DEFAULT_PROFILE',
      'NODE_REGION_CONFIG_FILE_OPTIONS',
      'NODE_REGION_CONFIG_OPTIONS',
      'getProfileName',
      'loadConfig',
    ],
  },
}

/** The files: what each is called, the package that it is of, and what it exports. */
async function sdkFiles(shared, root) {
  const { calls, services } = await tables(shared, root)
  const clients = Object.entries(services).map(([client, { package: specifier, client: Class }]) => {
    const methods = Object.entries(calls).filter(([, facts]) => facts.client === client)
    const operations = methods.map(
      ([method, { operation = method }]) => operation[0].toUpperCase() + operation.slice(1),
    )
    return [client, { specifier, names: [Class, ...operations.flatMap((name) => [`${name}Command`, `${name}$`])] }]
  })
  const named = Object.fromEntries([...clients, ...Object.entries(others)])
  return Object.entries(named).map(([name, one]) => ({ name: `sdk-${name}`, ...one }))
}

/** Has our own code require those files where its sources require the packages. */
export async function requiringSdkFiles(shared, root) {
  const files = await sdkFiles(shared, root)
  return {
    name: 'requiringSdkFiles',
    setup(bundler) {
      bundler.onLoad({ filter: /[\\/]src[\\/]aws[\\/]\w+\.ts$/ }, ({ path }) => {
        const contents = files.reduce(
          (text, { name, specifier }) =>
            text
              .replaceAll(`lazy('${specifier}')`, `lazy('./${name}.cjs')`)
              .replaceAll(`package: '${specifier}'`, `package: './${name}.cjs'`),
          readFileSync(path, 'utf8'),
        )
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** Builds them as ES modules, which share what they have in common; they are not written yet. */
export async function buildSdk(shared, root) {
  const files = await sdkFiles(shared, root)
  const only = {
    name: 'only',
    setup(bundler) {
      bundler.onResolve({ filter: /^sdk-/ }, ({ path }) => ({ path, namespace: 'sdk' }))
      bundler.onLoad({ filter: /^/, namespace: 'sdk' }, ({ path }) => {
        const { names, specifier } = files.find(({ name }) => name === path)
        return { contents: `export { ${names.join(', ')} } from '${specifier}'`, resolveDir: root }
      })
    },
  }
  return build({
    ...shared,
    entryPoints: files.map(({ name }) => ({ in: name, out: name })),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'esm',
    splitting: true,
    chunkNames: 'sdk-[hash]',
    plugins: [only],
    // What the SDK imports only where a profile asks for it is a file of its own, which is required then.
    supported: { 'dynamic-import': false },
    write: false,
  })
}

/** The calls that are made and the clients that make them, from our own sources. */
async function tables(shared, root) {
  const contents = "export { calls } from './src/aws/aws.ts'\nexport { services } from './src/aws/services.ts'"
  const stdin = { contents, resolveDir: root, loader: 'ts' }
  const { outputFiles } = await build({ ...shared, stdin, format: 'esm', outfile: 'tables.mjs', write: false })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
