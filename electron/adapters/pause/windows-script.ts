// The PowerShell that Athena's process on a Windows host runs on: what starts it, and what it does with processes.

/**
 * Why it is written as it is:
 * - The shell that OpenSSH starts on Windows is cmd.exe, PowerShell, or another one, and cmd.exe takes 8,191 characters:
 *   so a short starter comes as `-EncodedCommand`, which needs no quoting anywhere, and reads the rest from its input.
 * - `-InputFormat None`: otherwise PowerShell reads its input itself, and takes the orders for objects of a pipeline.
 * - One reader of the input from the first byte on: `[Console]::In` would read ahead, and its `ReadLineAsync` blocks.
 * - Windows PowerShell 5.1 is on every Windows 10 and 11; nothing here needs more.
 */
export const starter = `
$in = New-Object IO.StreamReader([Console]::OpenStandardInput(), (New-Object Text.UTF8Encoding $false))
$mark = $in.ReadLine()
. ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($in.ReadLine()))))
`.trim();

/** Constant; letters, digits and =+/ only after the options, so that every login shell takes it as it is. */
export const startCommand = `powershell -NoProfile -NonInteractive -InputFormat None -OutputFormat Text -ExecutionPolicy Bypass -EncodedCommand ${Buffer.from(starter, 'utf16le').toString('base64')}`;

/** @param mark hex digits: stands before each line of an answer; others are a greeting of the host, and are dropped */
export function startLines(mark: string, script: string): string {
  return `${mark}\n${Buffer.from(script, 'utf8').toString('base64')}\n`;
}

/**
 * - A process is named by its pid and its time of creation: a pid may be used again. The time is read with the same handle
 *   the process is suspended with, so that nothing comes between.
 * - NtSuspendProcess counts: suspended twice, a process must be resumed twice. So one that stands still already is left
 *   alone, and a resume goes on until one of its threads may run.
 * - A process is paused when all its threads wait for the reason "Suspended"; a thread that the app itself keeps suspended
 *   stays so.
 * - Access 0x1800: PROCESS_SUSPEND_RESUME and PROCESS_QUERY_LIMITED_INFORMATION; Win32 error 5: access denied.
 */
export const windowsFunctions = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$out = New-Object IO.StreamWriter([Console]::OpenStandardOutput(), (New-Object Text.UTF8Encoding $false))
$out.NewLine = [string][char]10
$out.AutoFlush = $true

function Send-Answer($answer) {
  $out.WriteLine($mark + ' ' + (ConvertTo-Json -InputObject $answer -Compress -Depth 5))
}

function Initialize-Native {
  Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
public static class AthenaNative {
  [DllImport("kernel32.dll", SetLastError = true)] static extern IntPtr OpenProcess(uint access, bool inherit, int pid);
  [DllImport("kernel32.dll")] static extern bool CloseHandle(IntPtr handle);
  [DllImport("kernel32.dll")] static extern bool GetProcessTimes(IntPtr handle, out long created, out long ended, out long kernel, out long user);
  [DllImport("ntdll.dll")] static extern int NtSuspendProcess(IntPtr handle);
  [DllImport("ntdll.dll")] static extern int NtResumeProcess(IntPtr handle);
  public static long Created(int pid) {
    IntPtr handle = OpenProcess(0x1000, false, pid);
    if (handle == IntPtr.Zero) return 0;
    try {
      long created, ended, kernel, user;
      return GetProcessTimes(handle, out created, out ended, out kernel, out user) ? created : 0;
    } finally { CloseHandle(handle); }
  }
  public static string Change(int pid, long created, bool suspend) {
    IntPtr handle = OpenProcess(0x1800, false, pid);
    if (handle == IntPtr.Zero) return Marshal.GetLastWin32Error() == 5 ? "denied" : "gone";
    try {
      long found, ended, kernel, user;
      if (!GetProcessTimes(handle, out found, out ended, out kernel, out user)) return "denied";
      if (found != created) return "gone";
      int status = suspend ? NtSuspendProcess(handle) : NtResumeProcess(handle);
      return status >= 0 ? "sent" : "denied";
    } finally { CloseHandle(handle); }
  }
}
'@
}

function Get-AppState($member) {
  $created = [AthenaNative]::Created([int]$member.p)
  if ($created -ne 0 -and $created -ne [long]$member.c) { return 'gone' }
  try {
    $threads = [Diagnostics.Process]::GetProcessById([int]$member.p).Threads
  } catch {
    return 'gone'
  }
  if ($threads.Count -eq 0) { return 'gone' }
  foreach ($thread in $threads) {
    if ($thread.ThreadState -ne 'Wait' -or $thread.WaitReason -ne 'Suspended') { return 'running' }
  }
  return 'suspended'
}

function Get-Processes {
  $rows = New-Object Collections.ArrayList
  foreach ($process in Get-CimInstance -ClassName Win32_Process -Property ProcessId, ParentProcessId, Name, CommandLine, ExecutablePath) {
    $command = [string]$process.CommandLine
    if ($command -eq '') { $command = [string]$process.ExecutablePath }
    $id = [int]$process.ProcessId
    [void]$rows.Add(@{
      p = $id
      q = [int]$process.ParentProcessId
      c = [string][AthenaNative]::Created($id)
      n = [string]$process.Name
      l = $command
    })
  }
  return , $rows.ToArray()
}

function Set-AppState($members, $wanted) {
  $denied = New-Object Collections.ArrayList
  foreach ($member in $members) {
    $answer = 'sent'
    if ($wanted -eq 'paused') {
      if ((Get-AppState $member) -eq 'running') { $answer = [AthenaNative]::Change([int]$member.p, [long]$member.c, $true) }
    } else {
      $round = 0
      while ($round -lt 16 -and $answer -eq 'sent' -and (Get-AppState $member) -eq 'suspended') {
        $answer = [AthenaNative]::Change([int]$member.p, [long]$member.c, $false)
        $round++
      }
    }
    if ($answer -eq 'denied') { [void]$denied.Add([int]$member.p) }
  }
  return , $denied.ToArray()
}

function Get-States($members) {
  $rows = New-Object Collections.ArrayList
  foreach ($member in $members) { [void]$rows.Add(@{ p = [int]$member.p; s = (Get-AppState $member) }) }
  return , $rows.ToArray()
}
`;

/** Reads an order a line, `{"id":1,"order":"list"}`, and answers each with a line. Ends with its input. */
export const ordersScript = `# athena: orders
${windowsFunctions}
try {
  Initialize-Native
  Send-Answer @{ ready = $true; self = $PID }
} catch {
  Send-Answer @{ failed = [string]$_.Exception.Message }
  exit 1
}
while ($null -ne ($line = $in.ReadLine())) {
  $order = $null
  try {
    $order = ConvertFrom-Json -InputObject $line
    $members = @($order.members)
    switch ($order.order) {
      'list' { Send-Answer @{ id = $order.id; processes = (Get-Processes) } }
      'look' { Send-Answer @{ id = $order.id; denied = @(); states = (Get-States $members) } }
      'set' {
        $denied = Set-AppState $members $order.wanted
        Send-Answer @{ id = $order.id; denied = $denied; states = (Get-States $members) }
      }
      default { Send-Answer @{ id = $order.id; failed = 'unknown order' } }
    }
  } catch {
    Send-Answer @{ id = $order.id; failed = [string]$_.Exception.Message }
  }
}
`;
