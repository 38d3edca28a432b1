// node packedCompiler.mjs TYPESCRIPT FOLDER… prints the errors of each project, one a line, each with its file. The
// declarations of the SDK are most of the work: they are read once for all projects.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [typescript, ...folders] = process.argv.slice(2)
const require = createRequire(import.meta.url)

// TypeScript 7 is no longer a library; its own build of several projects reads each file once.
if (existsSync(join(typescript, 'lib/typescript.js'))) withLibrary(require(join(typescript, 'lib/typescript.js')))
else {
  const words = [join(typescript, 'bin/tsc'), '-b', '--force', '--pretty', 'false', ...folders]
  const { stdout } = spawnSync(process.execPath, words, { cwd: join(folders[0], '../..'), encoding: 'utf8' })
  console.log(stdout.replaceAll(/^ .*\n/gm, ''))
}

function withLibrary(ts) {
  const declarations = new Map()
  for (const folder of folders) {
    const config = join(folder, 'tsconfig.json')
    const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(config, { noEmit: true }, ts.sys)
    const host = ts.createCompilerHost(options)
    const read = host.getSourceFile.bind(host)
    host.getSourceFile = (file, how, ...more) => {
      if (!file.endsWith('ts') || file.startsWith(folder)) return read(file, how, ...more)
      const key = `${file} ${how.impliedNodeFormat} ${options.moduleResolution === ts.ModuleResolutionKind.Bundler}`
      if (!declarations.has(key)) declarations.set(key, read(file, how, ...more))
      return declarations.get(key)
    }
    const program = ts.createProgram(fileNames, options, host)
    for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
      console.log(`${file?.fileName ?? config}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
    }
  }
}
