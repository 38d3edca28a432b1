// The CPU and memory of a task, in the units that ECS echoes.

/**
 * A task's CPU in CPU units as text, as ECS echoes it: `1 vCPU` → `1024`, `.25 vcpu` → `256`. Text of another form stays
 * as it is. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 */
export function taskCpu(amount: string | number): string {
  return inUnits(String(amount), /^(\d+|\d*\.\d+)\s*vcpu$/i)
}

/** A task's memory in MiB as text, as ECS echoes it: `1GB` → `1024`, `0.5 GB` → `512`. */
export function taskMemory(amount: string | number): string {
  return inUnits(String(amount), /^(\d+|\d*\.\d+)\s*gb$/i)
}

/** What ECS takes for a task's CPU or memory once it is in units: a whole number above 0, of 32 bits. */
export function isTaskSize(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647
}

function inUnits(text: string, form: RegExp): string {
  const amount = form.exec(text.trim())?.[1]
  return amount === undefined ? text : String(Math.round(Number(amount) * 1024))
}
