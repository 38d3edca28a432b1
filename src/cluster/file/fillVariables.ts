// Fills variables into the texts of a stack file.
/** A `$` that starts something: a variable, a dollar sign, or what only looks like a variable. */
const reference = /\$(?:\$|\{([^}$]*)\}|(\w+)|\{)/g

/**
 * The text with `$NAME` and `${NAME}` filled in from `env`, and `$$` as a dollar sign; any other `$` stays as it is. `refuse`
 * is told what cannot be filled in, in a sentence that holds no value, and which `$` of the text it is, from 0.
 */
export function fillVariables(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  refuse: (sentence: string, dollar: number) => void,
): string {
  let [dollars, counted] = [0, 0]
  const dollarsBefore = (at: number): number => {
    dollars += text.slice(counted, at).split('$').length - 1
    counted = at
    return dollars
  }
  return text.replaceAll(reference, (whole, braced: string | undefined, bare: string | undefined, at: number) => {
    if (whole === '$$') return '$'
    const name = braced ?? bare ?? ''
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    // `$1` and the like belong to other languages; they are the text's own.
    if (value === undefined && bare !== undefined && /^\d/.test(bare)) return whole
    if (value === undefined) refuse(problem(whole, name), dollarsBefore(at))
    return value ?? ''
  })
}

function problem(whole: string, name: string): string {
  if (whole === '${') return '"${" is never closed; write ${NAME}, or $$ for a dollar sign'
  if (/^[A-Za-z_]\w*$/.test(name)) return `the variable ${name} is not set; set it, or write $$ for a dollar sign`
  return `${JSON.stringify(whole)} is no variable; write \${NAME}, or $$ for a dollar sign`
}
