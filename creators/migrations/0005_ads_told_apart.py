from django.db import migrations


class Migration(migrations.Migration):
    """The trigger finds out of each sighting that was there before whether it is outside its rights."""

    dependencies = [
        ('creators', '0004_rights_by_end'),
    ]

    operations = [
        migrations.RunSQL('update creators_sighting set is_outside = is_outside', migrations.RunSQL.noop),
    ]
