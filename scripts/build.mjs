// Builds `dist`: what a user's file imports (index.js), the program (cli.cjs), the local AWS (local.cjs) and the declarations.
// Needs nothing but the dev dependencies, so that it runs as `prepare` in a fresh clone without a network.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { buildSdk, requiringSdkFiles } from './buildSdk.mjs'
import { lateRooms } from './lateRooms.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // The ES module build of a dependency, where it has one, leaves out what is not used.
  mainFields: ['module', 'main'],
  // Names and lines stay as they are: a stack trace is all there is to a report of a bug, and shorter text starts no sooner.
  minify: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
}

/**
 * The local AWS, what makes reports, and what imports files of users, are files of their own, found beside the one that asks for them, and read
 * only when they are asked for.
 */
const apart = {
  name: 'apart',
  setup(bundler) {
    bundler.onResolve({ filter: /^(\.\.?\/)+local\/index\.ts$/ }, () => ({ path: './local.cjs', external: true }))
    bundler.onResolve({ filter: /^(\.\.?\/)+output\/report\/index\.ts$/ }, () => ({
      path: './report.cjs',
      external: true,
    }))
    bundler.onResolve({ filter: /^\.\/importFile\.ts$/ }, () => ({ path: './importFile.cjs', external: true }))
  },
}

/** What stands for `import.meta.url`, which CommonJS has not. */
const ownUrl = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href" },
}

rmSync(dist, { recursive: true, force: true })
const bundles = await Promise.all([
  build({
    ...shared,
    entryPoints: {
      main: 'src/index.ts',
      program: 'src/cli.ts',
      compileCache: 'src/commands/program/compileCache.ts',
      late: 'late',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    // Only ES modules are split; `asCommonJs()` follows.
    format: 'esm',
    splitting: true,
    chunkNames: 'shared-[hash]',
    external: ['yaml'],
    plugins: [apart, lateRooms(root), await requiringSdkFiles(shared, root)],
    // tsx rewrites every file that holds a dynamic import, at a cost greater than the file's own: each becomes a require.
    supported: { 'dynamic-import': false },
    define: ownUrl.define,
    write: false,
  }),
  build({ ...shared, entryPoints: ['src/local/index.ts'], outfile: 'dist/local.cjs', format: 'cjs' }),
  build({
    ...shared,
    ...ownUrl,
    entryPoints: ['src/output/report/index.ts'],
    outfile: 'dist/report.cjs',
    format: 'cjs',
  }),
  build({
    ...shared,
    ...ownUrl,
    entryPoints: ['src/commands/files/importFile.ts'],
    outfile: 'dist/importFile.cjs',
    format: 'cjs',
    external: ['tsx'],
  }),
  buildSdk(shared, root),
])
for (const bundle of [bundles[0], bundles[4]]) await asCommonJs(bundle)
doors(bundles[0])
chmodSync(join(dist, 'cli.cjs'), 0o755)
// What users' tests import: `ecs-task/local` is an ES module like the rest of the package, and the same file underneath.
writeFileSync(join(dist, 'local.js'), "export * from './local.cjs'\n")
notices(bundles)
declarations()
refuseDynamicImports()

/**
 * Node starts with CommonJS sooner than with ES modules: it compiles a graph of these as a whole, before any code could have it
 * keep what it compiles, and an import of `node:http` has it load all that the module could export.
 */
async function asCommonJs({ outputFiles }) {
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: shared.target,
      banner: ownUrl.banner.js,
    })
    writeFileSync(path, code)
  }
}

/** What a user's file imports or requires, and the program: a line or two each, which first turn on Node's compile cache. */
function doors({ metafile }) {
  const { exports } = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === 'src/index.ts')
  const begin = "require('./compileCache.cjs')"
  writeFileSync(
    join(dist, 'index.js'),
    `import { createRequire } from 'node:module'\nexport const { ${exports.join(', ')} } = createRequire(import.meta.url)('./index.cjs')\n`,
  )
  writeFileSync(join(dist, 'index.cjs'), `${begin}\nmodule.exports = require('./main.cjs')\n`)
  writeFileSync(join(dist, 'cli.cjs'), `#!/usr/bin/env node\n${begin}\nrequire('./program.cjs')\n`)
}

/** The licenses of the packages that are inside the bundles, which ask for their notice to go with every copy. */
function notices(built) {
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))
  if (folders.size === 0) throw new Error('The bundles hold packages of others, and none of them was found.')
  const texts = [...folders]
    .toSorted((one, other) => one.localeCompare(other))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : `License: ${license}`
      return `${name} ${version}\n\n${text}\n`
    })
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))
}

/** The types of what `package.json` exports, and of whatever those mention. */
function declarations() {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
  const { status } = spawnSync(
    process.execPath,
    [join(typescript, 'bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
    {
      stdio: 'inherit',
    },
  )
  if (status !== 0) process.exit(status ?? 1)
  for (const folder of ['', 'local']) writeFileSync(join(dist, folder, 'index.d.cts'), "export * from './index.js'\n")
}

/** Fails the build where a dynamic import is left: nothing else would notice, and every start would pay for it. */
function refuseDynamicImports() {
  for (const file of readdirSync(dist).filter((name) => /\.c?js$/.test(name))) {
    if (file === 'importFile.cjs') continue
    // Comments may name the type of something as `import('…').Name`.
    if (!/^(?!\s*\/?\*).*\bimport\s*\(/m.test(readFileSync(join(dist, file), 'utf8'))) continue
    throw new Error(`dist/${file} holds a dynamic import, which makes every start under tsx slower`)
  }
}
