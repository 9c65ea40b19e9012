// The watchdog on a Windows host: PowerShell that suspends the app by itself when Athena's heartbeat stops.
import type { LeaseTerms } from '../../domain/pause/lease';
import { windowsFunctions } from './windows-script';

export interface WindowsWatchdogFacts {
  /** Hex digits, new for each watchdog. */
  readonly watchdog: string;
  /** Hex digits: one app, one name. */
  readonly name: string;
  readonly terms: LeaseTerms;
}

/**
 * Input, a line each: `b 7` a heartbeat, `m 12:133700 13:133701` the app's processes, `h` the report was read, `r` leave.
 * - Time is the performance counter's, which counts from the boot on and never jumps.
 * - A report lies in the user's own profile and names processes by pid and creation: none of them outlives a boot, so an old
 *   one harms nobody.
 * - What an earlier watchdog did is told at the first heartbeat: before that nobody listens.
 * - A newer watchdog of the same app writes its name into the file of owners, and the older one leaves when it sees that.
 * - It lives in the SSH session: a cut network leaves it alive, because the host's sshd does not know of the cut. Where sshd
 *   ends the session's processes when a connection is closed, it goes with them, and Athena's own order has to do.
 */
export function windowsWatchdogScript({ watchdog, name, terms }: WindowsWatchdogFacts): string {
  return `# athena: watchdog
${windowsFunctions}
$watchdogId = '${watchdog}'
$leaseMs = ${terms.leaseMs}
$holdMs = ${terms.maximumHoldMs}
$afterHold = '${terms.afterHold}'
$place = Join-Path $env:LOCALAPPDATA 'Athena'
$ownerFile = Join-Path $place 'lease-${name}.owner'
$reportFile = Join-Path $place 'lease-${name}.json'
${watchdogLoop}`;
}

const watchdogLoop = `
function Get-NowMs { return [long]([Diagnostics.Stopwatch]::GetTimestamp() * 1000.0 / [Diagnostics.Stopwatch]::Frequency) }

function Test-Owner {
  try { return ((Get-Content -LiteralPath $ownerFile -TotalCount 1) -eq $watchdogId) } catch { return $true }
}

function Send-Report($report) { Send-Answer @{ now = (Get-NowMs); report = $report } }

function Save-Report($report) {
  try { [IO.File]::WriteAllText($reportFile, (ConvertTo-Json -InputObject $report -Compress -Depth 5)) } catch { }
}

function Add-Kin($members) {
  $known = @{}
  foreach ($member in $members) { $known[[int]$member.p] = [long]$member.c }
  $rows = Get-Processes
  $grown = $true
  while ($grown) {
    $grown = $false
    foreach ($row in $rows) {
      if ($known.ContainsKey($row.p) -or -not $known.ContainsKey($row.q) -or $row.p -eq $PID) { continue }
      if ([long]$row.c -ne 0 -and [long]$row.c -lt $known[$row.q]) { continue }
      $known[$row.p] = [long]$row.c
      $grown = $true
    }
  }
  $all = New-Object Collections.ArrayList
  foreach ($key in $known.Keys) { [void]$all.Add(@{ p = $key; c = [string]$known[$key] }) }
  return , $all.ToArray()
}

function Suspend-App {
  [void](Set-AppState $script:members 'paused')
  for ($sweep = 0; $sweep -lt 5; $sweep++) {
    $before = $script:members.Count
    $script:members = Add-Kin $script:members
    [void](Set-AppState $script:members 'paused')
    if ($script:members.Count -eq $before) { break }
  }
  $paused = New-Object Collections.ArrayList
  $moving = New-Object Collections.ArrayList
  for ($round = 0; $round -lt 10; $round++) {
    $paused.Clear()
    $moving.Clear()
    foreach ($member in $script:members) {
      $state = Get-AppState $member
      if ($state -eq 'suspended') { [void]$paused.Add($member) }
      elseif ($state -eq 'running') { [void]$moving.Add($member) }
    }
    if ($moving.Count -eq 0) { break }
    Start-Sleep -Milliseconds 20
  }
  $script:fires++
  $now = Get-NowMs
  $outcome = 'held'
  if ($paused.Count -eq 0 -and $moving.Count -eq 0) { $outcome = 'gone' }
  $script:held = @{
    watchdog = $watchdogId + '.' + $script:fires
    pausedAt = $now
    outcome = $outcome
    outcomeAt = $now
    paused = @($paused.ToArray())
    moving = @($moving.ToArray())
  }
  Save-Report $script:held
  Send-Answer @{ fired = $true }
  Send-Report $script:held
}

function Complete-Hold($outcome) {
  $script:held.outcome = $outcome
  $script:held.outcomeAt = Get-NowMs
  Save-Report $script:held
  Send-Report $script:held
}

$members = @()
$held = $null
$fires = 0
$fedAt = $null
$isOpen = $true
$task = $null
try {
  Initialize-Native
  [void][IO.Directory]::CreateDirectory($place)
  [IO.File]::WriteAllText($ownerFile, $watchdogId)
  Send-Answer @{ ready = $true; self = $PID }
} catch {
  Send-Answer @{ failed = [string]$_.Exception.Message }
  exit 1
}

while ($true) {
  $now = Get-NowMs
  $waitMs = 500
  if ($null -ne $fedAt -and $null -eq $held) { $waitMs = [Math]::Max(0, [Math]::Min(500, $fedAt + $leaseMs - $now)) }
  $line = $null
  $came = $false
  if ($isOpen) {
    try {
      if ($null -eq $task) { $task = $in.ReadLineAsync() }
      if ($task.Wait([int]$waitMs)) {
        $line = $task.Result
        $task = $null
        if ($null -eq $line) { $isOpen = $false } else { $came = $true }
      }
    } catch {
      $isOpen = $false
    }
  } else {
    Start-Sleep -Milliseconds ([int]$waitMs)
  }
  if (-not (Test-Owner)) {
    try { Send-Answer @{ replaced = $true } } catch { }
    exit 0
  }
  if ($came) {
    $words = $line.Trim().Split(' ')
    switch ($words[0]) {
      'b' {
        if ($null -eq $fedAt -and (Test-Path -LiteralPath $reportFile)) {
          try { Send-Report (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($reportFile))) } catch { }
        }
        $fedAt = Get-NowMs
        Send-Answer @{ answered = [int]$words[1] }
      }
      'm' {
        $named = New-Object Collections.ArrayList
        for ($at = 1; $at -lt $words.Length; $at++) {
          $parts = $words[$at].Split(':')
          if ($parts.Length -eq 2) { [void]$named.Add(@{ p = [int]$parts[0]; c = $parts[1] }) }
        }
        if ($null -eq $held) { $members = @($named.ToArray()) }
      }
      'h' {
        $held = $null
        $fedAt = Get-NowMs
        Remove-Item -LiteralPath $reportFile -Force -ErrorAction SilentlyContinue
      }
      'r' {
        Remove-Item -LiteralPath $reportFile, $ownerFile -Force -ErrorAction SilentlyContinue
        Send-Answer @{ left = $true }
        exit 0
      }
    }
    continue
  }
  $now = Get-NowMs
  if ($null -eq $held) {
    if ($null -eq $fedAt) { if (-not $isOpen) { exit 0 } else { continue } }
    if ($now -ge $fedAt + $leaseMs) { try { Suspend-App } catch { } }
    continue
  }
  if ($held.outcome -ne 'held') { if (-not $isOpen) { exit 0 } else { continue } }
  $stillPaused = $false
  $runsAgain = $false
  foreach ($member in $held.paused) {
    $state = Get-AppState $member
    if ($state -eq 'suspended') { $stillPaused = $true } elseif ($state -eq 'running') { $runsAgain = $true }
  }
  try {
    if ($runsAgain) { Complete-Hold 'let-run' }
    elseif (-not $stillPaused) { Complete-Hold 'gone' }
    elseif ($now -ge $held.pausedAt + $holdMs) {
      if ($afterHold -eq 'resume') {
        [void](Set-AppState $held.paused 'running')
        Complete-Hold 'resumed'
      } elseif ($afterHold -eq 'quit') {
        foreach ($member in $held.paused) { Stop-Process -Id ([int]$member.p) -Force -ErrorAction SilentlyContinue }
        Complete-Hold 'quit'
      } else { Complete-Hold 'kept' }
    }
  } catch { }
}
`;
