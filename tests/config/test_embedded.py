"""The two servers alone: paths, locks, kills, and what is in the way of a start."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config import embedded
from config.servers import processes
from config.servers.folders import private_folder, socket_folder
from config.servers.refusal import CannotStart
from tests.config.running import end_everything, environment, living, manage, until

pytestmark = pytest.mark.servers
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def data_directory(var: Path) -> str:
    with psycopg.connect(embedded.database_url(var)) as connection:
        row = connection.execute("show data_directory").fetchone()
    assert row
    return row[0]


def valkey(var: Path) -> redis.Redis:
    return redis.Redis.from_url(embedded.redis_url(var))


def server(var: Path, mark: str) -> psutil.Process:
    return next(process for process in living(var) if mark in " ".join(process.cmdline()[:1]))


def test_the_servers_answer_on_sockets_only_and_leave_nothing(pair, seeded_var):
    running = pair()
    running.said("owner")

    ports = {c.laddr.port for p in living(seeded_var) for c in p.net_connections("tcp") if c.laddr}
    answered = data_directory(seeded_var), valkey(seeded_var).ping()
    code = running.finish()

    assert answered == (str(seeded_var / "postgres"), True)
    assert ports == set()
    assert code == 0
    assert living(seeded_var) == []


def test_addresses_stand_in_a_file_that_only_its_owner_reads(pair, seeded_var):
    pair().said("owner")

    found = seeded_var / "run.env"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (found, socket_folder(seeded_var))]

    assert modes == [0o600, 0o700]
    assert found.read_text().splitlines() == [
        f"DATABASE_URL='{embedded.database_url(seeded_var)}'",
        f"REDIS_URL='{embedded.redis_url(seeded_var)}'",
    ]


def test_a_path_too_long_for_a_socket_has_its_sockets_elsewhere(pair, long_var, seeds):
    shutil.copytree(seeds, long_var)
    sockets = socket_folder(long_var)

    running = pair(long_var)
    running.said("owner")
    mode = stat.S_IMODE(sockets.stat().st_mode)
    answered = data_directory(long_var)
    running.finish()

    assert len(str(long_var)) > 140
    assert sockets.parent == Path("/tmp")
    assert mode == 0o700
    assert answered == str(long_var / "postgres")
    assert not sockets.exists()


@pytest.mark.parametrize("name", ["plain", "with space", "straße", "50%", "a&b=c"])
def test_only_plain_paths_hold_sockets(name):
    var = Path("/srv") / name

    assert (socket_folder(var).parent == var) == (name == "plain")


def test_a_socket_folder_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CannotStart, match="belongs to somebody else"):
        private_folder(tmp_path / "run")


def test_two_installations_run_at_once(pair, seeded_var, long_var, seeds):
    shutil.copytree(seeds, long_var)
    pair().said("owner")
    pair(long_var).said("owner")

    assert data_directory(seeded_var) == str(seeded_var / "postgres")
    assert data_directory(long_var) == str(long_var / "postgres")


def test_servers_stay_until_the_last_command_that_joined_them_ends(pair, seeded_var):
    first = pair()
    first.said("owner")
    second = pair()
    second.said("joined")

    first.process.stdin.close()
    until(lambda: "still uses these servers" in first.err.read_text(), "the owner to wait")
    answered = data_directory(seeded_var)
    second.finish()
    first.process.wait(60)

    assert answered == str(seeded_var / "postgres")
    assert living(seeded_var) == []


@pytest.mark.parametrize("killed", ["owner", "postgres", "valkey-server", "all"])
def test_after_a_kill_comes_a_good_start(pair, seeded_var, killed):
    running = pair()
    running.said("owner")
    valkey(seeded_var).set("kept", "yes")
    victims = living(seeded_var) if killed == "all" else []
    if killed in {"postgres", "valkey-server"}:
        victims = [server(seeded_var, killed)]
    if killed in {"owner", "all"}:
        victims.append(psutil.Process(running.process.pid))

    for victim in victims:
        victim.kill()
    if killed in {"postgres", "valkey-server"}:
        running.finish()
    running.process.wait(60)
    pair().said("owner")

    assert data_directory(seeded_var) == str(seeded_var / "postgres")
    assert valkey(seeded_var).exists("kept") in {0, 1}


def test_a_left_over_in_the_data_folder_is_ended_first(pair, seeded_var):
    # Whoever runs the tests in the background may have handed down "ignore SIGINT".
    left_over = subprocess.Popen(["env", "--default-signal=INT", "sleep", "600"], cwd=seeded_var / "postgres")

    pair().said("owner")

    assert left_over.wait(10) == -signal.SIGINT


def test_a_stale_pid_file_that_names_a_living_stranger_harms_nobody(pair, seeded_var):
    with subprocess.Popen(["sleep", "600"]) as stranger:
        (seeded_var / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n{seeded_var}/postgres\n")

        pair().said("owner")
        state = stranger.poll()
        stranger.kill()

    assert state is None


def append_only_file(var: Path) -> Path:
    return next((var / "valkey" / "appendonlydir").glob("*.incr.aof"))


def with_two_keys(pair, var: Path) -> Path:
    running = pair()
    running.said("owner")
    valkey(var).set("first", "1")
    valkey(var).set("second", "2")
    running.finish()
    return append_only_file(var)


def test_a_half_written_append_only_file_keeps_what_is_whole(pair, seeded_var):
    file = with_two_keys(pair, seeded_var)
    os.truncate(file, file.stat().st_size - 4)

    pair().said("owner")

    assert (valkey(seeded_var).get("first"), valkey(seeded_var).get("second")) == (b"1", None)


def test_an_append_only_file_that_cannot_be_read_is_set_aside_aloud(pair, seeded_var):
    file = with_two_keys(pair, seeded_var)
    file.write_bytes(b"\0" * file.stat().st_size)

    running = pair()
    running.said("owner")

    assert valkey(seeded_var).keys() == []
    assert "starting it empty" in running.err.read_text()
    assert len(list((seeded_var / "valkey").glob("appendonlydir.broken-*"))) == 1


def test_data_of_another_major_version_is_refused_with_the_way_out(seeded_var):
    (seeded_var / "postgres" / "PG_VERSION").write_text("17\n")

    said = manage("migrate", var=seeded_var, code=1).stderr

    assert "was written by PostgreSQL 17, and this is 18" in said
    assert "manage.py restore" in said


def test_a_cluster_that_was_half_made_is_made_anew(pair, var):
    (var / "postgres.new").mkdir(parents=True)
    (var / "postgres.new" / "PG_VERSION").write_text("18\n")

    pair(var).said("owner")

    assert data_directory(var) == str(var / "postgres")


@ROOT_ONLY
def test_a_full_disk_is_said_in_a_sentence(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this root may not mount a small disk")
    try:
        said = manage("migrate", var=disk / "var", code=1).stderr
    finally:
        subprocess.run(["umount", disk], check=True)

    assert f"The disk that holds {disk / 'var'} is full (15 MB free)." in said
    assert "Traceback" not in said


WITHOUT_NAMESPACES = """
import ctypes, os, sys
from pathlib import Path
if ctypes.CDLL(None).unshare(0x10000000):
    sys.exit("unshare")
print("apart", flush=True)
sys.stdin.readline()
os.setresgid(0, 0, 0)
os.setresuid(0, 0, 0)
Path("/proc/sys/user/max_user_namespaces").write_text("0")
os.execv(sys.executable, [sys.executable, "-B", "-c", sys.argv[1]])
"""


@ROOT_ONLY
def test_root_without_namespaces_serves_as_nobody(seeds):
    place = Path(tempfile.mkdtemp(prefix="troupe-test-", dir="/tmp"))
    place.chmod(0o711)
    var = place / "var"
    shutil.copytree(seeds, var)
    script = (
        "from config import embedded\n"
        "try:\n"
        "    with embedded.servers(): print('up', flush=True)\n"
        "except embedded.CannotStart as refusal: print(refusal)"
    )
    try:
        apart = subprocess.Popen(
            [sys.executable, "-B", "-c", WITHOUT_NAMESPACES, script],
            env=environment(var),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert apart.stdout and apart.stdout.readline() == "apart\n"
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{apart.pid}/{name}").write_text("0 0 65536")
        said, _ = apart.communicate("go\n", timeout=60)
        owner = (var / "postgres").stat().st_uid
    finally:
        end_everything(var)
        shutil.rmtree(place)

    # Where this checkout lies under a closed folder, nobody can run the program, and the ways out are named.
    assert (said, owner) == ("up\n", 65534) or ("forbids user namespaces" in said and owner == 0)


@pytest.mark.parametrize("command", [["check"], ["makemigrations", "--check"], ["help"], ["start", "--help"]])
def test_commands_that_ask_nothing_start_nothing(var, command):
    said = manage(*command, var=var)

    assert not (var / "postgres").exists()
    assert "Warning" not in said.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DATABASE_URL": "postgres://me:secret@127.0.0.1:1/x"}, "PostgreSQL does not answer at DATABASE_URL="),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "Valkey does not answer at REDIS_URL="),
    ],
)
def test_an_address_that_does_not_answer_is_named(var, given, sentence):
    said = manage("migrate", var=var, code=3, env=given)

    assert sentence in said.stderr
    assert "secret" not in said.stderr
    assert said.stdout == ""


def test_a_command_on_a_fresh_checkout_found_its_tables(seeds):
    # The seed was made by a command that counts people.
    said = (seeds / "said").read_text()

    assert said == "0\n"


def test_children_do_not_inherit_a_handed_down_ignore(tmp_path):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = processes.spawn(["sleep", "600"], log=tmp_path / "log", cwd=tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)

    processes.end(child, [(signal.SIGINT, 10), (signal.SIGKILL, 5)])

    assert child.returncode == -signal.SIGINT


def test_a_second_test_session_here_is_refused():
    folder = embedded.var_folder()
    if not (folder / "servers.lock").exists():
        pytest.skip("this session runs against given servers")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/config/lib"],
        env=environment(folder, TROUPE_TESTING="1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 4
    assert "Another test session runs in" in done.stdout + done.stderr
